using System.Reflection;
using FrappeHybrid.Portal;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Architecture;

/// <summary>Every page and hub of the Portal asks a policy by name, or stands on the short list of what anybody may open.</summary>
public sealed class PolicyTests
{
    /// <summary>What works without being signed in. A page that is added here needs a reason that a reviewer accepts.</summary>
    private static readonly string[] Anonymous =
    [
        // The ways in: a password, its second factor, a one-time link, a new account.
        AccountPaths.SignIn, AccountPaths.Code, AccountPaths.Enter, AccountPaths.SignUp, AccountPaths.Welcome,
        // Whoever has forgotten the password, or comes from a letter, perhaps with another browser: the link's secret decides.
        AccountPaths.Forgot, AccountPaths.Reset, AccountPaths.Confirm, AccountPaths.Invitation,
        // What says why there is nothing to see.
        AccountPaths.Denied, "/error", "/not-found",
    ];

    /// <summary>What shows nothing of anybody and only wants a signed-in user.</summary>
    private static readonly string[] SignedIn = ["/nothing-here"];

    /// <summary>The sign of life, and what the account pages post to.</summary>
    private static readonly string[] AnonymousEndpoints = ["/healthz", AccountPaths.SignOut, AccountPaths.Redeem, AccountPaths.PasskeyOptions, AccountPaths.PasskeySignIn];

    private static readonly Assembly Portal = typeof(PortalHost).Assembly;

    [Fact]
    public void Every_page_asks_a_policy()
    {
        var open = Portal.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (Type: type, route.Template)))
            .Where(page => !AsksPolicy(page.Type))
            .Where(page => !(SignedIn.Contains(page.Template) && page.Type.IsDefined(typeof(AuthorizeAttribute))))
            .Where(page => !(Anonymous.Contains(page.Template) && page.Type.IsDefined(typeof(AllowAnonymousAttribute))))
            .Select(page => $"{page.Template} ({page.Type.Name})")
            .ToList();

        Assert.True(open.Count == 0, "No [Authorize(Policy = ...)] and not on the list with [AllowAnonymous]: " + string.Join(", ", open));
    }

    [Fact]
    public void Every_hub_asks_a_policy()
    {
        var open = Portal.GetTypes().Where(type => typeof(Hub).IsAssignableFrom(type) && !type.IsAbstract && !AsksPolicy(type)).Select(type => type.Name).ToList();

        Assert.True(open.Count == 0, string.Join(", ", open));
    }

    [Fact]
    public async Task Every_endpoint_asks_a_policy_and_what_says_nothing_wants_a_signed_in_user()
    {
        var folder = Directory.CreateTempSubdirectory("policy-test");
        await using var portal = PortalHost.Build(["--Portal:DataFolder", folder.FullName, "--urls", "http://127.0.0.1:0"]);
        var endpoints = ((IEndpointRouteBuilder)portal).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var anonymous = Anonymous.Concat(AnonymousEndpoints).ToHashSet();

        var open = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && !anonymous.Contains("/" + endpoint.RoutePattern.RawText!.TrimStart('/')))
            .Select(endpoint => endpoint.RoutePattern.RawText);
        var silent = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => !string.IsNullOrEmpty(data.Policy)))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !SignedIn.Contains(path) && !path.StartsWith("/_", StringComparison.Ordinal));

        Assert.Empty(open);
        Assert.Empty(silent);
        Assert.NotNull(await portal.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync());
        Assert.True(endpoints.Count > 10);
        folder.Delete(true);
    }

    private static bool AsksPolicy(Type type) => type.GetCustomAttributes<AuthorizeAttribute>(true).Any(attribute => !string.IsNullOrEmpty(attribute.Policy)) && !type.IsDefined(typeof(AllowAnonymousAttribute), true);
}

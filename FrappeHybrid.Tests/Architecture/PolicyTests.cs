using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace FrappeHybrid.Tests.Architecture;

/// <summary>Every page and hub of the Portal asks a policy by name, or stands on the short list of what anybody may open.</summary>
public sealed class PolicyTests
{
    /// <summary>What works without being signed in. A page that is added here needs a reason that a reviewer accepts.</summary>
    private static readonly string[] Anonymous = ["/account/sign-in", "/account/denied", "/welcome", "/error", "/not-found"];

    /// <summary>What shows nothing of anybody and only wants a signed-in user.</summary>
    private static readonly string[] SignedIn = ["/nothing-here"];

    private static readonly Assembly Portal = Assembly.Load("FrappeHybrid.Portal");

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

    private static bool AsksPolicy(Type type) => type.GetCustomAttributes<AuthorizeAttribute>(true).Any(attribute => !string.IsNullOrEmpty(attribute.Policy)) && !type.IsDefined(typeof(AllowAnonymousAttribute), true);
}

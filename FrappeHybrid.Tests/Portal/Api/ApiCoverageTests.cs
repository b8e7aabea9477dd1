using System.Reflection;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Api;

/// <summary>What a person can do with servers, benches, sites, backups and jobs on the pages, a program can do as well.</summary>
public sealed class ApiCoverageTests
{
    private static readonly string[] About = ["Servers", "Servers.Upkeep", "Provisioning", "Benches", "Sites", "Backups", "Restores", "Updates", "Jobs"];

    /// <summary>Acts that no program needs. One that is added here needs a reason that a reviewer accepts.</summary>
    private static readonly Dictionary<Type, string> Left = new()
    {
        [typeof(SaveDraftStep)] = "Where a person is in the wizard; nothing of the server changes.",
        [typeof(SignInAsAdministrator)] = "A session for a browser: a program has no use for it, and it must be in no answer that something may keep.",
    };

    [Fact]
    public async Task Every_act_has_an_endpoint_or_a_reason()
    {
        var folder = Directory.CreateTempSubdirectory("api-coverage");
        await using var portal = PortalHost.Build(["--Portal:DataFolder", folder.FullName, "--urls", "http://127.0.0.1:0"]);
        var reached = ((IEndpointRouteBuilder)portal).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal))
            .Select(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>())
            .OfType<MethodInfo>()
            .SelectMany(handler => handler.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .ToHashSet();
        var acts = typeof(CoreServices).Assembly.GetExportedTypes()
            .Where(type => About.Any(part => type.Namespace == $"FrappeHybrid.Core.{part}"))
            .Where(type => type.GetMethods().Any(method => method.Name == "RunAsync" && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor)))
            .ToList();

        Assert.True(acts.Count > 50, $"{acts.Count} acts");
        Assert.Empty(acts.Where(act => !reached.Contains(act) && !Left.ContainsKey(act)).Select(act => act.Name));
        Assert.Empty(Left.Keys.Where(reached.Contains).Select(act => act.Name));
        folder.Delete(true);
    }
}

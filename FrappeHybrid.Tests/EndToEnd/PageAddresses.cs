using System.Reflection;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>The address of every page that the portal has, from its routes: with things in it that there are. A route whose thing is not known here is an error, so that no new page is left out.</summary>
internal static class PageAddresses
{
    // What of a server or a bench a page shows, by the parameter's name.
    private static readonly Dictionary<string, string[]> Parts = new(StringComparer.Ordinal) { ["ServiceName"] = ["backend"], ["SourceName"] = ["agent", "service:main:backend"] };

    /// <summary>Pages for those who are signed in.</summary>
    public static async Task<IReadOnlyList<string>> ForThoseInsideAsync(TestPortal portal, PortalSeed seed)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var things = new Dictionary<string, Guid>(StringComparer.Ordinal)
        {
            ["servers"] = seed.Active,
            ["benches"] = seed.Bench,
            ["sites"] = seed.Site,
            ["jobs"] = seed.FailedJob,
            ["plays"] = seed.FailedPlay,
            ["teams"] = seed.Team,
            ["people"] = await db.Users.Select(user => user.Id).FirstAsync(),
            ["webhooks"] = seed.Told.Hook,
            ["terminals"] = await db.Terminals.OrderByDescending(terminal => terminal.BeganAt).Select(terminal => terminal.Id).FirstAsync(),
        };
        return [.. Routes(isForEverybody: false).SelectMany(template => Fill(template, things))
            .Append($"/servers/{seed.Draft}/setup").Append($"/jobs?job={seed.RunningJob}").Append($"/sites/{seed.BrokenSite}").Append($"/servers/{seed.Away}")];
    }

    /// <summary>Pages for everybody, without those that exist only before there is an operator.</summary>
    public static IReadOnlyList<string> ForEverybody { get; } = [.. Routes(isForEverybody: true).Where(path => path is not AccountPaths.Welcome)];

    private static IEnumerable<string> Routes(bool isForEverybody) => typeof(App).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<AllowAnonymousAttribute>() is not null == isForEverybody)
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
        .Select(route => route.Template)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Fill(string template, Dictionary<string, Guid> things)
    {
        var parts = template.Split('/');
        IEnumerable<string> addresses = [""];
        for (var at = 1; at < parts.Length; at++)
        {
            var (part, list) = (parts[at], parts[at - 1]);
            string[] values = !part.StartsWith('{') ? [part]
                : part.EndsWith(":guid}", StringComparison.Ordinal) && things.TryGetValue(list, out var thing) ? [$"{thing}"]
                : Parts.TryGetValue(part.Trim('{', '}'), out var known) ? known
                : throw new InvalidOperationException($"What stands for {part} in {template} is not known: add it to {nameof(PageAddresses)}.");
            addresses = addresses.SelectMany(address => values.Select(value => $"{address}/{value}")).ToList();
        }

        return addresses;
    }
}

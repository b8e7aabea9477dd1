using System.Reflection;
using Bunit;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>
/// Every page that there is, drawn for people who see a part only, with their own things and with another team's in its address. The policy at the door is left out on
/// purpose: what a page shows must be right without it.
/// </summary>
public sealed class PageWalkTests
{
    public static TheoryData<Type> Pages => [.. typeof(App).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(LiveComponent)) && type.GetCustomAttributes<RouteAttribute>().Any() && type.GetCustomAttribute<AllowAnonymousAttribute>() is null)
        .OrderBy(type => type.Name, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_shows_nothing_that_is_not_the_viewers(Type page)
    {
        await using var core = await TestCore.StartAsync();
        foreach (var agent in (string[])["agent", "spare", TwoTeams.Foreign, $"{TwoTeams.Foreign}spare"])
            core.Agents[agent] = new FakeAgent();
        var scene = await TwoTeams.AddAsync(core);
        var route = page.GetCustomAttributes<RouteAttribute>().First().Template;
        foreach (var (who, user, seesHidden) in await PeopleAsync(core, scene))
        {
            foreach (var things in new[] { scene.Own, scene.Others })
            {
                WalkCount.Add();
                await using var context = PageContext.For(core, user);
                var shown = context.Render<DynamicComponent>(parameters => parameters.Add(each => each.Type, page).Add(each => each.Parameters, ParametersOf(page, route, things)));
                shown.WaitForState(() => !shown.Markup.Contains("class=\"skeleton\"", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
                var where = $"{page.Name} of {(things == scene.Own ? "the own" : "another's")} {ThingOf(route)} for {who}";
                Assert.False(shown.Markup.Contains(TwoTeams.Foreign, StringComparison.OrdinalIgnoreCase), $"{where} showed something of the other team");
                if (who == "an owner" && things == scene.Own && page.GetCustomAttribute<AuthorizeAttribute>()?.Policy is not nameof(Capability.OperatePortal))
                    Assert.DoesNotContain("There is nothing here", shown.Markup, StringComparison.Ordinal);
                Assert.True(seesHidden || !shown.Markup.Contains(TwoTeams.HiddenName, StringComparison.OrdinalIgnoreCase), $"{where} showed a site beside");
            }
        }
    }

    private static Dictionary<string, object> ParametersOf(Type page, string route, IReadOnlyDictionary<string, Guid> things)
    {
        var parameters = new Dictionary<string, object>();
        foreach (var parameter in page.GetProperties().Where(property => property.GetCustomAttribute<ParameterAttribute>() is not null && route.Contains($"{{{property.Name}", StringComparison.OrdinalIgnoreCase)))
        {
            if (parameter.PropertyType == typeof(Guid))
                parameters[parameter.Name] = things.TryGetValue(parameter.Name is "Id" ? ThingOf(route) : char.ToLowerInvariant(parameter.Name[0]) + parameter.Name[1..^2], out var id) ? id : Guid.CreateVersion7();
            else
                parameters[parameter.Name] = parameter.Name is "SourceName" ? "agent" : "backend";
        }

        return parameters;
    }

    // "/benches/{Id:guid}/doctor" is of a bench.
    private static string ThingOf(string route) => route.Split('/')[1] switch
    {
        "benches" => "bench",
        var list => list.TrimEnd('s'),
    };

    private static async Task<(string Who, Guid User, bool SeesHidden)[]> PeopleAsync(TestCore core, TwoTeams scene)
    {
        var owner = Guid.CreateVersion7();
        var limited = Guid.CreateVersion7();
        var stranger = Guid.CreateVersion7();
        await using var db = await core.DbAsync();
        foreach (var (id, name) in ((Guid, string)[])[(owner, "owner"), (limited, "limited"), (stranger, "stranger")])
            db.Users.Add(new PortalUser { Id = id, UserName = $"{name}@example.com", NormalizedUserName = $"{name}@EXAMPLE.COM", Email = $"{name}@example.com" });
        db.TeamMembers.Add(new TeamMember { TeamId = scene.OwnTeam, UserId = owner, Role = TeamRole.Owner });
        db.TeamMembers.Add(new TeamMember { TeamId = scene.OwnTeam, UserId = limited, Role = TeamRole.Developer, IsLimited = true });
        db.MemberPlaces.Add(new MemberPlace { TeamId = scene.OwnTeam, UserId = limited, ThingId = scene.Own["site"] });
        await db.SaveChangesAsync(TestCore.Cancel);
        return [("an owner", owner, true), ("a developer of one site", limited, false), ("a stranger", stranger, false)];
    }
}

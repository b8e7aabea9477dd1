using System.Net;
using System.Text;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>Every address of the portal's own route table, asked over HTTP by a person of every role about their own team's things and about another's.</summary>
public sealed class EndpointWalkTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_answers_those_who_may_and_tells_nobody_else_anything()
    {
        await using var core = await TestCore.StartAsync();
        var scene = await TwoTeams.AddAsync(core);
        var people = await PeopleAsync(core, scene);
        await using (var db = await core.DbAsync())
        {
            // Another portal has another key ring: the record is sealed anew there.
            await db.Database.ExecuteSqlAsync($"DROP TRIGGER ActivityIsNotChanged; UPDATE Activity SET Number = 0, Seal = ''; DELETE FROM ActivityHeads", Cancel);
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {Path.Combine(core.Folder, "copy.db")}", Cancel);
        }

        await using var portal = await TestPortal.StartAsync(hasOperator: false, database: Path.Combine(core.Folder, "copy.db"));
        var entries = Entries(portal).ToList();
        Assert.True(entries.Count > 40);
        var missing = entries.Where(entry => entry.Page is null && !EndpointTable.All.ContainsKey(entry.Key)).Select(entry => entry.Key);
        Assert.Empty(missing);

        foreach (var (who, user) in people)
        {
            using var browser = await portal.SignedInAsync(user);
            var actor = (await portal.Services.GetRequiredService<ActorQueries>().ForUserAsync(user, null, Cancel))!;
            foreach (var entry in entries)
            {
                foreach (var things in new[] { scene.Own, scene.Others })
                    await AskAsync(browser, actor, entry, things, scene, $"{entry.Key} {(things == scene.Own ? "own" : "foreign")} by {who}");
            }
        }
    }

    private static async Task AskAsync(HttpClient browser, Actor actor, Entry entry, IReadOnlyDictionary<string, Guid> things, TwoTeams scene, string where)
    {
        WalkCount.Add();
        using var request = new HttpRequestMessage(new HttpMethod(entry.Method), new Uri(entry.Address(things), UriKind.Relative));
        if (entry.Method is not "GET")
            request.Content = new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var isIn = (int)answer.StatusCode is >= 200 and < 300;
        if (entry.Page is Capabilities.OwnAccount)
        {
            // Whose account it shows is no question of a place: AccountPagesTests.
            Assert.True(isIn, $"{where}: {answer.StatusCode}");
            Assert.DoesNotContain(TwoTeams.Foreign, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
            return;
        }

        var (capability, place) = entry.Page is { } policy ? (Enum.Parse<Capability>(policy), (Place?)null) : (Enum.Parse<Capability>(EndpointTable.All[entry.Key].Capability), entry.PlaceOf(things));
        var may = place is { } asked ? actor.May(capability, asked) : actor.MayAnywhere(capability);
        Assert.True(may || !isIn, $"{where} was let in: {answer.StatusCode}");
        if (entry.Page is not null)
            Assert.True(may ? answer.StatusCode is HttpStatusCode.OK : answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.Forbidden, $"{where}: {answer.StatusCode}");
        else if (may)
            Assert.False(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{where} was refused");

        if (!actor.May(Capability.View, new Place(scene.OtherTeam)))
            Assert.DoesNotContain(TwoTeams.Foreign, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<Entry> Entries(TestPortal portal)
    {
        foreach (var endpoint in portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || path.StartsWith("/_", StringComparison.Ordinal))
                continue;

            // Takes tokens and no browser: ApiEndpointTests.
            if (path.StartsWith("/api/v1/", StringComparison.Ordinal))
                continue;
            var policy = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).FirstOrDefault(name => !string.IsNullOrEmpty(name));
            if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            {
                if (policy is not null)
                    yield return new Entry("GET", path, policy);
                continue;
            }

            // Asks for no place either, and wants a form: AccessTests.
            if (policy is Capabilities.OwnAccount)
                continue;
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"])
                yield return new Entry(method, path, null);
        }
    }

    private static async Task<List<(string Who, Guid User)>> PeopleAsync(TestCore core, TwoTeams scene)
    {
        List<(string, Guid)> people = [];
        await using var db = await core.DbAsync();
        foreach (var role in Enum.GetValues<TeamRole>())
            people.Add(($"{role}", Add(db, $"{role}", StaffRole.None, new TeamMember { TeamId = scene.OwnTeam, UserId = default, Role = role })));
        people.Add(("owner of another team", Add(db, "other-owner", StaffRole.None, new TeamMember { TeamId = scene.OtherTeam, UserId = default, Role = TeamRole.Owner })));
        var limited = Add(db, "limited", StaffRole.None, new TeamMember { TeamId = scene.OwnTeam, UserId = default, Role = TeamRole.Developer, IsLimited = true });
        db.MemberPlaces.Add(new MemberPlace { TeamId = scene.OwnTeam, UserId = limited, ThingId = scene.Own["otherSite"] });
        people.Add(("developer of another site", limited));
        people.Add(("stranger", Add(db, "stranger", StaffRole.None, null)));
        people.Add(("support", Add(db, "support", StaffRole.Support, null)));
        people.Add(("operator", Add(db, "operator", StaffRole.Operator, null)));
        await db.SaveChangesAsync(Cancel);
        return people;
    }

    private static Guid Add(PortalDb db, string name, StaffRole staff, TeamMember? member)
    {
        var email = $"{name.ToLowerInvariant()}@example.com";
        var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), EmailConfirmed = true, Staff = staff, SecurityStamp = Guid.CreateVersion7().ToString("N") };
        db.Users.Add(user);
        if (member is not null)
            db.TeamMembers.Add(new TeamMember { TeamId = member.TeamId, UserId = user.Id, Role = member.Role, IsLimited = member.IsLimited });
        return user.Id;
    }

    private sealed record Entry(string Verb, string Route, string? Page)
    {
        public string Key => $"{Verb} {Route}";

        public string Method => Verb == "*" ? "GET" : Verb;

        public string Address(IReadOnlyDictionary<string, Guid> things) => Route
            .Replace("{id:guid}", things.GetValueOrDefault(ThingOf()).ToString(), StringComparison.OrdinalIgnoreCase)
            .Replace("{teamId:guid}", things["team"].ToString(), StringComparison.OrdinalIgnoreCase)
            .Replace("{webhookId:guid}", things["webhook"].ToString(), StringComparison.OrdinalIgnoreCase)
            .Replace("{upload:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
            .Replace("{kind}", "Database", StringComparison.Ordinal)
            .Replace("{token}", new string('a', 64), StringComparison.Ordinal)
            .Replace("{name}", "portal-20261121-200000000-manual.zip", StringComparison.Ordinal)
            .Replace("{source}", "agent", StringComparison.Ordinal)
            .Replace("{SourceName}", "agent", StringComparison.Ordinal)
            .Replace("{ServiceName}", "backend", StringComparison.Ordinal);

        public Place? PlaceOf(IReadOnlyDictionary<string, Guid> things) => EndpointTable.All[Key].Thing is "-" ? null : TwoTeams.PlaceOf(EndpointTable.All[Key].Thing, things);

        private string ThingOf() => Route.Split('/')[1] is "benches" ? "bench" : Route.Split('/')[1].TrimEnd('s');
    }
}

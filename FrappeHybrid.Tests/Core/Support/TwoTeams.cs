using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Core.Webhooks;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Two teams with servers, benches, sites and jobs, and everybody who may look at some of it. What is the other team's has "foreign" in its name.</summary>
internal sealed class TwoTeams
{
    /// <summary>In the name of everything that belongs to the other team.</summary>
    public const string Foreign = "foreign";

    public required IReadOnlyList<(string Who, Actor Actor)> Actors { get; init; }

    /// <summary>The ids of the first team's things, by what they are.</summary>
    public required IReadOnlyDictionary<string, Guid> Own { get; init; }

    /// <summary>The ids of the other team's things.</summary>
    public required IReadOnlyDictionary<string, Guid> Others { get; init; }

    /// <summary>In the names of what a member does not see who is limited to one bench or site of the first team.</summary>
    public const string HiddenName = "nextdoor";

    /// <summary>The site beside the one that limited members see.</summary>
    public Place Hidden => new(OwnTeam, Own["server"], Own["otherBench"], Own["otherSite"]);

    public required Guid OwnTeam { get; init; }

    public required Guid OtherTeam { get; init; }

    public static async Task<TwoTeams> AddAsync(TestCore core)
    {
        var own = await ThingsAsync(core, core.Team.Id, "");
        var team = new Team { Id = NewId.At(core.Time), Name = $"{Foreign} team", CreatedAt = core.Time.GetUtcNow() };
        await using (var db = await core.DbAsync())
        {
            db.Teams.Add(team);
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        core.Agents[Foreign] = new FakeAgent();
        var others = await ThingsAsync(core, team.Id, Foreign);
        var everybody = Everybody(core.Team.Id, own, team.Id);
        await using (var db = await core.DbAsync())
        {
            // What an act writes in somebody's name needs that somebody.
            foreach (var (who, actor) in everybody)
                db.Users.Add(new PortalUser { Id = actor.UserId, UserName = who, Email = actor.Name, Staff = actor.Staff });
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        return new TwoTeams { Own = own, Others = others, OwnTeam = core.Team.Id, OtherTeam = team.Id, Actors = everybody };
    }

    /// <summary>Where a thing of that kind is; "-" is the portal.</summary>
    public static Place PlaceOf(string kind, IReadOnlyDictionary<string, Guid> things)
    {
        var server = new Place(things["team"], things["server"]);
        return kind switch
        {
            "-" or ['(', ..] => Place.Portal,
            "team" or "webhook" or "delivery" or "invitation" or "access" => new Place(things["team"]),
            "server" or "play" => server,
            "job" => server with { BenchId = things["newBench"] },
            "bench" or "benchUpdate" or "terminal" => server with { BenchId = things["bench"] },
            _ => server with { BenchId = things["bench"], SiteId = things["site"] },
        };
    }

    private static async Task<Dictionary<string, Guid>> ThingsAsync(TestCore core, Guid teamId, string prefix)
    {
        var server = await core.AddServerAsync(prefix.Length == 0 ? "agent" : prefix, ServerState.Active, teamId);
        var bench = await core.AddBenchAsync(server, $"{prefix}main");
        var other = await core.AddBenchAsync(server, $"{prefix}other");
        var site = await core.AddSiteAsync(bench, $"{prefix}shop.example.com");
        var second = await core.AddSiteAsync(other, $"{prefix}{HiddenName}.example.com");
        core.Agents[$"{prefix}spare"] = new FakeAgent();
        await core.AddServerAsync($"{prefix}spare", ServerState.Active, teamId);
        var (newBench, job) = await core.OrderBenchAsync(server, $"{prefix}second", TestCore.ActorOf(teamId, TeamRole.Owner));
        var (play, update) = await AddWorkAsync(core, server, bench, other);
        var terminal = await AddTerminalAsync(core, bench, prefix);
        var owner = await core.AddUserAsync($"{prefix}keeper@example.com", role: TeamRole.Owner, team: teamId);
        var member = await core.AddUserAsync($"{prefix}member@example.com", role: TeamRole.Developer, team: teamId);
        var support = await core.AddUserAsync($"{prefix}helper@example.com", StaffRole.Support);
        var invitation = await core.Get<InviteMember>().RunAsync(owner, teamId, $"{prefix}invited@example.com", TeamRole.Viewer, null, TestCore.Cancel);
        var access = await core.Get<AskForAccess>().RunAsync(support, teamId, second.Id, $"A failed import of {prefix}{HiddenName}", 60, TestCore.Cancel);
        var hook = (await core.Get<CreateWebhook>().RunAsync(owner, teamId, new WebhookDraft($"https://{prefix}hooks.example.com/", "", ["job-failed"]), TestCore.Cancel)).Value.Id;
        return new()
        {
            ["team"] = teamId,
            ["server"] = server.Id,
            ["bench"] = bench.Id,
            ["otherBench"] = other.Id,
            ["site"] = site.Id,
            ["otherSite"] = second.Id,
            ["job"] = job,
            ["newBench"] = newBench,
            ["targetBench"] = other.Id,
            ["release"] = core.Release.Id,
            ["backup"] = await core.AddBackupAsync(site),
            ["play"] = play,
            ["benchUpdate"] = update,
            ["user"] = member.UserId,
            ["thing"] = site.Id,
            ["invitation"] = invitation.Value.Id,
            ["access"] = access.Value,
            ["terminal"] = terminal,
            ["webhook"] = hook,
            ["delivery"] = (await core.Get<SendTestEvent>().RunAsync(owner, hook, TestCore.Cancel)).Value,
        };
    }

    private static async Task<(Guid Play, Guid Update)> AddWorkAsync(TestCore core, Server server, Bench bench, Bench target)
    {
        var play = new Play { Id = NewId.At(core.Time), TeamId = server.TeamId, ServerId = server.Id, Kind = SetUpKind.Name, Title = "Set up server", CreatedAt = core.Time.GetUtcNow() };
        var update = new BenchUpdate
        {
            Id = NewId.At(core.Time),
            TeamId = server.TeamId,
            ServerId = server.Id,
            BenchId = bench.Id,
            TargetBenchId = target.Id,
            UserId = Guid.CreateVersion7(),
            UserName = "owner@example.com",
            CreatedAt = core.Time.GetUtcNow(),
            ChangedAt = core.Time.GetUtcNow(),
            SkipFailingPatches = false,
            Sites = [],
        };
        await using var db = await core.DbAsync();
        db.Plays.Add(play);
        db.BenchUpdates.Add(update);
        await db.SaveChangesAsync(TestCore.Cancel);
        return (play.Id, update.Id);
    }

    private static async Task<Guid> AddTerminalAsync(TestCore core, Bench bench, string prefix)
    {
        var terminal = new Terminal
        {
            Id = NewId.At(core.Time),
            TeamId = bench.TeamId,
            ServerId = bench.ServerId,
            BenchId = bench.Id,
            Service = BenchService.Backend,
            UserId = Guid.CreateVersion7(),
            UserName = $"{prefix}developer@example.com",
            Reason = $"A {prefix}migration hangs",
            BeganAt = core.Time.GetUtcNow(),
        };
        terminal.Finish(TerminalEnd.Exited, core.Time.GetUtcNow(), 0, 100, isCut: false);
        await using var db = await core.DbAsync();
        db.Terminals.Add(terminal);
        await db.SaveChangesAsync(TestCore.Cancel);
        return terminal.Id;
    }

    private static List<(string Who, Actor Actor)> Everybody(Guid team, Dictionary<string, Guid> own, Guid other)
    {
        var server = new Place(team, own["server"]);
        var bench = server with { BenchId = own["bench"] };
        var site = bench with { SiteId = own["site"] };
        var everything = Enum.GetValues<Capability>().ToHashSet();
        List<(string, Actor)> actors = [];
        foreach (var role in Enum.GetValues<TeamRole>())
        {
            actors.Add(($"{role} of the team", TestCore.ActorOf(team, role)));
            actors.Add(($"{role} of another team", TestCore.ActorOf(other, role)));
        }

        foreach (var place in (Place[])[server, bench, site])
        {
            actors.Add(($"developer of one {place.Kind}", Limited(TeamRole.Developer, place)));
            actors.Add(($"viewer of one {place.Kind}", Limited(TeamRole.Viewer, place)));
            actors.Add(($"support let into one {place.Kind}", TestCore.StaffOf(StaffRole.Support) with { Grants = [new Grant(CapabilityTable.GrantedToSupport, place, DateTimeOffset.MaxValue)] }));
            actors.Add(($"owner's token for one {place.Kind}", Token(TestCore.ActorOf(team, TeamRole.Owner), place, everything)));
            actors.Add(($"operator's token for one {place.Kind}", Token(TestCore.StaffOf(StaffRole.Operator), place, everything)));
        }

        actors.Add(("owner's token for looking", Token(TestCore.ActorOf(team, TeamRole.Owner), new Place(team), [Capability.View])));
        actors.Add(("stranger", new Actor(Guid.CreateVersion7(), "stranger@example.com", StaffRole.None, [])));
        actors.Add(("support", TestCore.StaffOf(StaffRole.Support)));
        actors.Add(("operator", TestCore.StaffOf(StaffRole.Operator)));
        return actors;
    }

    private static Actor Limited(TeamRole role, Place place) => new(Guid.CreateVersion7(), $"{role}@example.com", StaffRole.None, [new Grant(role, place)]);

    private static Actor Token(Actor actor, Place place, HashSet<Capability> capabilities) => actor with { Limit = new TokenLimit(Guid.CreateVersion7(), "token", place, capabilities) };
}

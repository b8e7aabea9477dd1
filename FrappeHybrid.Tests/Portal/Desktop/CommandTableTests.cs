using System.Reflection;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components;
using FrappeHybrid.Portal.Components.Layout.Commands;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed partial class CommandTableTests
{
    [Fact]
    public void Each_command_has_an_id_of_its_own()
    {
        Assert.Equal(CommandTable.All.Count, CommandTable.All.Select(command => command.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(CommandTable.All, command => Assert.Same(command, CommandTable.Find(command.Id)));
    }

    [Fact]
    public void No_two_commands_share_a_key_and_none_is_the_beginning_of_another()
    {
        var keys = CommandTable.All.SelectMany(command => command.Keys).ToList();
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.DoesNotContain(keys, other => other != key && other.StartsWith($"{key} ", StringComparison.Ordinal)));
        Assert.All(CommandTable.All.Where(command => command.Keys.Count > 0), command => Assert.Equal(ThingKind.Nothing, command.Kind));
    }

    [Fact]
    public void Each_command_opens_a_page_or_runs_an_act_or_is_the_desktops_own()
    {
        Assert.All(CommandTable.All, command => Assert.False(command.Href is not null && command.Act is not null, command.Id));
        Assert.Equal(DesktopCommands.All, CommandTable.All.Where(command => command.IsOfDesktop));
    }

    [Fact]
    public async Task What_somebody_is_offered_is_allowed_when_it_is_chosen()
    {
        await using var core = await TestCore.StartAsync();
        foreach (var agent in (string[])["agent", "spare", TwoTeams.Foreign, $"{TwoTeams.Foreign}spare"])
            core.Agents[agent] = new FakeAgent();
        var scene = await TwoTeams.AddAsync(core);
        var acts = PageContext.Acts(core);
        var (asked, run) = (0, 0);
        foreach (var (who, actor) in scene.Actors)
        {
            foreach (var thing in await ThingsAsync(core, actor))
            {
                foreach (var command in CommandTable.For(actor, thing))
                {
                    asked++;
                    var where = $"{command.Id} for {thing.Name}, offered to {who}";
                    if (command.Href is { } href)
                        Assert.True(PolicyOf(href(thing)) is var policy && (policy is null || actor.MayAnywhere(policy.Value)), $"{where}, is refused at the door");
                    if (command.Act is null)
                        continue;
                    run++;
                    var begun = await command.Act(acts, actor, thing, TestCore.Cancel);
                    Assert.False(begun.Error?.Code is "forbidden" or "not-found", $"{where}, is refused: {begun.Error?.Message}");
                }
            }
        }

        // Nothing offered to nobody would pass as well.
        Assert.True(asked > 300, $"{asked} commands were offered");
        Assert.True(run > 30, $"{run} acts were run");
    }

    [Fact]
    public async Task A_viewer_is_offered_nothing_that_changes_anything()
    {
        await using var core = await TestCore.StartAsync();
        await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        var viewer = await core.AddUserAsync("viewer@example.com", role: TeamRole.Viewer);
        var things = await ThingsAsync(core, viewer);
        Assert.Equal(4, things.Count);
        Assert.All(things.SelectMany(thing => CommandTable.For(viewer, thing)), command => Assert.Null(command.Act));
        Assert.DoesNotContain(CommandTable.For(viewer, Thing.None), command => command == PageCommands.NewServer || command == PageCommands.NewSite);
    }

    [Fact]
    public async Task A_terminal_is_offered_where_one_may_be_opened_and_nowhere_else()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var terminal = CommandTable.Find("bench-terminal")!;
        foreach (var (actor, isOffered) in (List<(Actor, bool)>)[(core.Owner, true), (await core.AddUserAsync("viewer@example.com", role: TeamRole.Viewer), false)])
        {
            var thing = (await ThingsAsync(core, actor)).Single(each => each.Id == bench.Id);
            Assert.Equal(isOffered, terminal.IsOffered(actor, thing));
            Assert.Equal($"/benches/{bench.Id}/terminal/backend", terminal.Href!(thing));
        }
    }

    // The portal as a whole, and every server, bench, site and job that the actor sees, as the explorer and the lists make them.
    private static async Task<List<Thing>> ThingsAsync(TestCore core, Actor actor)
    {
        var estate = await core.Get<EstateQueries>().ReadAsync(actor, null, TestCore.Cancel);
        var jobs = await core.Get<JobQueries>().ListAsync(actor, null, null, null, 50, TestCore.Cancel);
        return [Thing.None, .. estate.Servers.Select(Thing.Of), .. estate.Benches.Select(Thing.Of), .. estate.Sites.Select(Thing.Of), .. jobs.Select(Thing.Of)];
    }

    // What the page behind an address asks at its door; null for pages of one's own account.
    private static Capability? PolicyOf(string address)
    {
        var path = address.Split('?', '#')[0];
        var page = typeof(App).Assembly.GetTypes().SingleOrDefault(type => type.GetCustomAttributes<RouteAttribute>().Any(route => Pattern(route.Template).IsMatch(path)));
        Assert.True(page is not null, $"{path} is no page");
        return page.GetCustomAttribute<AuthorizeAttribute>()?.Policy is { } policy && Enum.TryParse<Capability>(policy, out var capability) ? capability : null;
    }

    private static Regex Pattern(string template) => new($"^{Parameter().Replace(template, match => match.Value.EndsWith(":guid}", StringComparison.Ordinal) ? "[0-9a-f-]{36}" : "[a-z-]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}

using System.Text.Json;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>
/// Everything in Core that somebody can ask or order, found by its shape, asked by everybody about what is theirs and what is not: whoever may not gets an error
/// that tells nothing, and no row of any table changes; whoever may is not refused.
/// </summary>
public sealed class ActPermissionTests
{
    public static TheoryData<Type> Acts => [.. ActTable.Acts];

    public static TheoryData<Type> Questions => [.. AllQuestions()];

    [Fact]
    public void Every_act_is_in_the_table_and_nothing_else() =>
        Assert.Equal(ActTable.All.Keys.Order(StringComparer.Ordinal), ActTable.Acts.Select(act => act.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_for_those_who_may_and_nobody_else_learns_or_changes_anything(Type act)
    {
        await using var core = await TestCore.StartAsync();
        var scene = await TwoTeams.AddAsync(core);
        var cases = Cases(scene, act.Name).ToList();
        using var changes = new ChangeWatch(core);
        foreach (var (who, actor, things, place, _) in cases.Where(each => !each.May))
        {
            WalkCount.Add();
            var error = ActCall.ErrorOf(await ActCall.CallAsync(core.Get(act), ActCall.RunOf(act)!, actor, things));
            Assert.True(error?.Code == "not-found" || (error?.Code == "forbidden" && ActTable.All[act.Name].Thing[0] != '(' && (place == Place.Portal || actor.May(Capability.View, place))), $"{act.Name} answered {who}: {error?.Code ?? "done"}");
            AssertNothingForeign(error!, actor, scene, $"{act.Name} for {who}");
            Assert.False(changes.Any(), $"{act.Name} wrote something for {who}");
        }

        // Those who may change things, each other's too: only that nobody is refused counts.
        foreach (var (who, actor, things, _, _) in cases.Where(each => each.May))
        {
            WalkCount.Add();
            var error = ActCall.ErrorOf(await ActCall.CallAsync(core.Get(act), ActCall.RunOf(act)!, actor, things));
            Assert.True(error?.Code != "forbidden", $"{act.Name} refused {who}");
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_is_answered_with_what_the_asker_may_see(Type questions)
    {
        await using var core = await TestCore.StartAsync();
        var scene = await TwoTeams.AddAsync(core);
        using var changes = new ChangeWatch(core);
        foreach (var method in questions.GetMethods().Where(method => ActCall.TakesActor(method) && method.Name != "RunAsync"))
        {
            foreach (var (who, actor) in scene.Actors)
            {
                foreach (var things in new[] { scene.Own, scene.Others })
                {
                    WalkCount.Add();
                    var answer = ActCall.ValueOf(await ActCall.CallAsync(core.Get(questions), method, actor, things));
                    if (answer is ConsoleSubscription console)
                    {
                        await console.DisposeAsync();
                        Assert.True(actor.May(Capability.WatchConsoles, TwoTeams.PlaceOf("server", things)), $"{who} watches a console");
                        continue;
                    }

                    if (answer is ConsoleSearch or ConsoleRange)
                    {
                        Assert.True(actor.May(Capability.WatchConsoles, TwoTeams.PlaceOf("server", things)), $"{who} reads a log");
                        continue;
                    }

                    AssertNothingForeign(answer, actor, scene, $"{questions.Name}.{method.Name} for {who}");
                }
            }
        }

        Assert.False(changes.Any(), $"{questions.Name} wrote something");
    }

    /// <summary>All cases of one act: who, about whose things, and whether that is allowed.</summary>
    private static IEnumerable<(string Who, Actor Actor, IReadOnlyDictionary<string, Guid> Things, Place Place, bool May)> Cases(TwoTeams scene, string act)
    {
        var (capability, thing) = ActTable.All[act];
        foreach (var things in new[] { scene.Own, scene.Others })
        {
            var place = TwoTeams.PlaceOf(thing.TrimEnd('!'), things);
            foreach (var (who, actor) in scene.Actors)
                yield return ($"{who} about {(things == scene.Own ? "the team's" : "another team's")}", actor, things, place, thing[0] != '(' && (thing[^1] != '!' || actor.Limit is null) && actor.May(capability, place));
        }
    }

    private static void AssertNothingForeign(object? answer, Actor actor, TwoTeams scene, string where)
    {
        var text = JsonSerializer.Serialize(answer, answer?.GetType() ?? typeof(object));
        if (!actor.May(Capability.View, new Place(scene.OtherTeam)))
            Assert.False(text.Contains(TwoTeams.Foreign, StringComparison.OrdinalIgnoreCase), $"{where} told something of the other team: {text}");
        if (!actor.May(Capability.View, scene.Hidden))
            Assert.False(text.Replace($"{TwoTeams.Foreign}{TwoTeams.HiddenName}", "", StringComparison.OrdinalIgnoreCase).Contains(TwoTeams.HiddenName, StringComparison.OrdinalIgnoreCase), $"{where} told something of a site beside: {text}");
    }

    private static IEnumerable<Type> AllQuestions() => typeof(CoreServices).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetMethods().Any(method => method.Name is not ("RunAsync" or "Equals") && ActCall.TakesActor(method)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);
}

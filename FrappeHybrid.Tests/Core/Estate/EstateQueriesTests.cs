using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Estate;

public sealed class EstateQueriesTests
{
    [Fact]
    public async Task Everything_is_read_by_name_without_what_is_gone()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        await core.AddServerAsync("draft", ServerState.Draft);
        var main = await core.AddBenchAsync(server);
        await core.AddBenchAsync(server, "early", BenchState.Installing);
        await core.AddSiteAsync(main);
        await core.AddSiteAsync(main, "books.example.com", SiteState.Broken);
        var estate = await core.Get<EstateQueries>().ReadAsync(core.Owner, null, TestCore.Cancel);
        Assert.Equal(["Server agent", "Server draft"], estate.Servers.Select(each => each.Name));
        Assert.Equal(["early", "main"], estate.Benches.Select(each => each.Name));
        Assert.Equal([("books.example.com", SiteState.Broken), ("shop.example.com", SiteState.Active)], estate.Sites.Select(each => (each.Name, each.State)));
        Assert.Equal(new Place(core.Team.Id, server.Id, main.Id, estate.Sites[1].Id), estate.Sites[1].Place);

        var none = await core.Get<EstateQueries>().ReadAsync(core.Owner, Guid.CreateVersion7(), TestCore.Cancel);
        Assert.Empty(none.Servers.Select(each => each.Id).Concat(none.Sites.Select(each => each.Id)));
    }

    [Fact]
    public async Task The_status_bar_counts_who_answers_and_what_failed_lately()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        core.Agents["away"] = new FakeAgent();
        await core.AddServerAsync("away", ServerState.Unreachable);
        await core.AddServerAsync("draft", ServerState.Draft);
        var (bench, _) = await core.OrderBenchAsync(server);
        var now = core.Time.GetUtcNow();
        Assert.Equal(new EstateCounts(2, 1, 1, 1, 0, 1), await core.Get<EstateQueries>().CountAsync(core.Owner, null, now.AddDays(-1), TestCore.Cancel));

        // What does not work is an alert, whatever it is.
        await core.AddSiteAsync(await core.BenchAsync(bench), state: SiteState.Broken);
        await core.AddSiteAsync(await core.BenchAsync(bench), "books.example.com");
        Assert.Equal(2, (await core.Get<EstateQueries>().CountAsync(core.Owner, null, now.AddDays(-1), TestCore.Cancel)).Alerts);
        Assert.Equal(0, (await core.Get<EstateQueries>().CountAsync(core.Owner, Guid.CreateVersion7(), now.AddDays(-1), TestCore.Cancel)).Alerts);
    }

    [Fact]
    public async Task Five_thousand_are_all_there()
    {
        await using var core = await TestCore.StartAsync();
        await using (var db = await core.DbAsync())
            await LargeEstate.AddAsync(db, core.Time, 5000);
        var estate = await core.Get<EstateQueries>().ReadAsync(core.Owner, null, TestCore.Cancel);
        Assert.Equal(5000, estate.Servers.Count + estate.Benches.Count + estate.Sites.Count);
    }
}

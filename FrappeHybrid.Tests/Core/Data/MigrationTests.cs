using FrappeHybrid.Core;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Data;

public sealed class MigrationTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_model_and_the_migration_are_the_same()
    {
        await using var core = await TestCore.StartAsync();
        await using var db = await core.DbAsync();

        Assert.False(db.Database.HasPendingModelChanges(), "Make the migration anew: the command is in docs/operations.md.");
    }

    [Fact]
    public async Task A_lock_that_a_killed_migration_left_is_taken_away_at_start()
    {
        await using var core = await TestCore.StartAsync();
        await using (var db = await core.DbAsync())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL)", Cancel);
            await db.Database.ExecuteSqlRawAsync("INSERT OR REPLACE INTO __EFMigrationsLock VALUES (1, '2026-01-01')", Cancel);
        }

        await core.Get<DatabaseStartup>().RunAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(2), Cancel);
    }

    [Fact]
    public async Task The_start_makes_the_folder_and_a_database_from_nothing_and_a_second_start_changes_nothing()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("core-test").FullName, "not", "there");
        var databases = new Factory(folder);
        var startup = new DatabaseStartup(databases, new CoreOptions { DataFolder = folder });

        await startup.RunAsync(Cancel);
        await startup.RunAsync(Cancel);

        await using var db = databases.CreateDbContext();
        Assert.Equal(0, await db.Servers.CountAsync(Cancel));
    }

    [Fact]
    public async Task Times_are_numbers_that_sort_and_enums_and_names_are_text()
    {
        await using var core = await TestCore.StartAsync(new FakeTime());
        var server = await core.AddServerAsync();
        await core.AddBenchAsync(server);
        await using var db = await core.DbAsync();
        var kinds = await db.Database.SqlQueryRaw<string>("SELECT typeof(CreatedAt) || ' ' || State || ' ' || Name AS Value FROM Benches").SingleAsync(Cancel);
        Assert.Equal("integer Active main", kinds);

        var actor = core.Owner;
        foreach (var minutes in new[] { 3, 1, 2 })
        {
            ((FakeTime)core.Time).Advance(TimeSpan.FromMinutes(minutes));
            db.Activity.Add(ActivityEntry.Of(core.Time, actor, new FrappeHybrid.Core.Teams.Place(core.Team.Id), $"act-{minutes}", "-"));
        }

        await db.SaveChangesAsync(Cancel);
        var since = core.Time.GetUtcNow().AddMinutes(-3);
        Assert.Equal(["act-2", "act-1", "act-3"], await db.Activity.OrderByDescending(entry => entry.At).Select(entry => entry.Act).ToListAsync(Cancel));
        Assert.Equal(2, await db.Activity.CountAsync(entry => entry.At > since, Cancel));
    }

    [Fact]
    public async Task A_copy_by_vacuum_is_whole()
    {
        await using var core = await TestCore.StartAsync();
        await core.AddServerAsync();
        var copy = Path.Combine(core.Folder, "copy.db");
        await using (var db = await core.DbAsync())
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", Cancel);

        await using var connection = new SqliteConnection($"Data Source={copy};Mode=ReadOnly");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM Servers) || (SELECT * FROM pragma_integrity_check)";
        Assert.Equal("1ok", await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Queries_of_pages_run_on_the_real_database()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        await core.AddSiteAsync(bench);
        await core.OrderBenchAsync(server, "second");

        Assert.Equal((2, 1), (Assert.Single(await core.Get<FrappeHybrid.Core.Servers.ServerQueries>().ListAsync(core.Owner, Cancel)) is var view ? (view.Benches, view.Sites) : default));
        Assert.Equal(["main", "second"], (await core.Get<FrappeHybrid.Core.Benches.BenchQueries>().ListAsync(core.Owner, server.Id, Cancel)).Select(each => each.Name));
        Assert.Equal("http://shop.example.com/", Assert.Single(await core.Get<FrappeHybrid.Core.Sites.SiteQueries>().ListAsync(core.Owner, bench.Id, Cancel)).Url.ToString());
        Assert.Equal("New Bench", Assert.Single(await core.Get<FrappeHybrid.Core.Jobs.JobQueries>().ListAsync(core.Owner, null, null, null, 10, Cancel)).Title);
        Assert.Empty(await core.Get<FrappeHybrid.Core.Benches.BenchQueries>().ListAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), null, Cancel));
    }

    private sealed class Factory(string folder) : IDbContextFactory<PortalDb>
    {
        public PortalDb CreateDbContext() => new(new DbContextOptionsBuilder<PortalDb>().UseSqlite($"Data Source={Path.Combine(folder, "portal.db")}").Options);
    }
}

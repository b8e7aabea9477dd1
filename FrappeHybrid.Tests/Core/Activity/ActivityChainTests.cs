using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Activity;

/// <summary>The record of activity: entries are sealed onto each other, and whatever is done to the file is found.</summary>
public sealed class ActivityChainTests : IAsyncLifetime
{
    private TestCore core = null!;

    public async ValueTask InitializeAsync() => core = await TestCore.StartAsync();

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task Entries_written_at_the_same_time_stand_one_after_the_other_without_a_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(WriteAsync));
        await using var db = await core.DbAsync();
        var numbers = await db.Activity.OrderBy(entry => entry.Number).Select(entry => entry.Number).ToListAsync(TestCore.Cancel);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        Assert.True(numbers.Count >= 40);
        var found = await VerifyAsync();
        Assert.True(found.IsWhole, found.Problem);
        Assert.Equal(numbers.Count, found.Entries);
    }

    [Theory]
    [InlineData("UPDATE Activity SET Summary = 'Nothing happened' WHERE Number = 3", 3L)]
    [InlineData("UPDATE Activity SET UserName = 'owner@example.com' WHERE Number = 2", 2L)]
    [InlineData("UPDATE Activity SET UserId = TeamId WHERE Number = 2", 2L)]
    [InlineData("UPDATE Activity SET At = At + 1 WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET Address = '192.0.2.9' WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET Result = 'Refused' WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET Reason = 'asked to' WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET After = 'x' WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET SiteId = TeamId WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET TeamId = UserId WHERE Number = 4", 4L)]
    [InlineData("UPDATE Activity SET Act = 'b' WHERE Number = 1", 1L)]
    [InlineData("DELETE FROM Activity WHERE Number = 1", 2L)]
    [InlineData("DELETE FROM Activity WHERE Number = 3", 4L)]
    [InlineData("DELETE FROM Activity WHERE Number = 3; UPDATE Activity SET Number = Number - 1 WHERE Number > 3", 3L)]
    [InlineData("DELETE FROM Activity WHERE Number = (SELECT MAX(Number) FROM Activity)", null)]
    [InlineData("DELETE FROM Activity WHERE Number > 2; UPDATE ActivityHeads SET Number = 2, Seal = (SELECT Seal FROM Activity WHERE Number = 2)", null)]
    [InlineData("DELETE FROM Activity", null)]
    [InlineData("DELETE FROM ActivityHeads", null)]
    [InlineData("UPDATE ActivityHeads SET Signature = 'x'", null)]
    [InlineData("UPDATE ActivityHeads SET KeyProtected = 'x'", null)]
    [InlineData("CREATE TABLE copy AS SELECT * FROM Activity WHERE Number = 2; UPDATE copy SET Id = '00000000-0000-0000-0000-000000000009'; INSERT INTO Activity SELECT * FROM copy; DROP TABLE copy", 2L)]
    public async Task Whatever_is_changed_in_the_file_is_found(string sql, long? at)
    {
        for (var number = 0; number < 6; number++)
            await WriteAsync(number);
        Assert.True((await VerifyAsync()).IsWhole);

        Change(sql);
        var found = await VerifyAsync();
        Assert.False(found.IsWhole);
        if (at is not null)
            Assert.Equal(at, found.AtNumber);
    }

    [Fact]
    public async Task A_save_that_fails_leaves_no_gap_and_lets_the_next_one_go_on()
    {
        await WriteAsync(1);
        await using (var db = await core.DbAsync())
        {
            db.Activity.Add(EntryOf(2));
            db.Teams.Add(new Team { Id = core.Team.Id, Name = "twice", CreatedAt = core.Time.GetUtcNow() });
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestCore.Cancel));
        }

        using (var ended = new CancellationTokenSource())
        {
            await ended.CancelAsync();
            await using var db = await core.DbAsync();
            db.Activity.Add(EntryOf(3));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.SaveChangesAsync(ended.Token));
        }

        await WriteAsync(4);
        var found = await VerifyAsync();
        Assert.True(found.IsWhole, found.Problem);
    }

    [Fact]
    public async Task A_save_that_somebody_else_was_faster_with_lets_the_next_one_go_on()
    {
        var access = new SupportAccess
        {
            Id = Guid.CreateVersion7(),
            TeamId = core.Team.Id,
            ThingId = core.Team.Id,
            ThingName = "the team",
            UserId = Guid.CreateVersion7(),
            UserName = "support@example.com",
            Reason = "Look into it",
            Minutes = 60,
            AskedAt = core.Time.GetUtcNow(),
        };
        await using (var db = await core.DbAsync())
        {
            db.SupportAccesses.Add(access);
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        await using var first = await core.DbAsync();
        await using var second = await core.DbAsync();
        foreach (var (db, next) in ((FrappeHybrid.Core.Data.PortalDb, SupportAccessState)[])[(first, SupportAccessState.Granted), (second, SupportAccessState.Refused)])
        {
            (await db.SupportAccesses.SingleAsync(TestCore.Cancel)).Become(next, "owner@example.com", core.Time.GetUtcNow());
            db.Activity.Add(EntryOf(1));
        }

        await first.SaveChangesAsync(TestCore.Cancel);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(TestCore.Cancel));
        await WriteAsync(2).WaitAsync(TimeSpan.FromMinutes(2), TestCore.Cancel);
        var found = await VerifyAsync();
        Assert.True(found.IsWhole, found.Problem);
    }

    [Fact]
    public async Task The_portal_itself_neither_changes_nor_deletes_an_entry()
    {
        await WriteAsync(1);
        await using var db = await core.DbAsync();
        var entry = await db.Activity.FirstAsync(TestCore.Cancel);
        db.Activity.Remove(entry);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestCore.Cancel));
        db.Entry(entry).State = EntityState.Modified;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestCore.Cancel));
    }

    [Fact]
    public async Task What_an_older_portal_recorded_is_sealed_once_with_the_first_entry_after_it()
    {
        for (var number = 0; number < 3; number++)
            await WriteAsync(number);
        Change("DELETE FROM ActivityHeads; UPDATE Activity SET Number = 0, Seal = ''");
        Assert.False((await VerifyAsync()).IsWhole);
        await WriteAsync(4);
        var found = await VerifyAsync();
        Assert.True(found.IsWhole, found.Problem);
        Assert.True(found.Entries >= 4);

        Change("UPDATE Activity SET Number = 0, Seal = '' WHERE Number = 2");
        await WriteAsync(5);
        Assert.False((await VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task The_record_goes_on_after_a_kill()
    {
        await WriteAsync(1);
        await using var after = await core.AfterKillAsync();
        await using (var db = await after.DbAsync())
        {
            db.Activity.Add(EntryOf(2));
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        var found = await after.Get<VerifyActivity>().CheckAsync(null, TestCore.Cancel);
        Assert.True(found.IsWhole, found.Problem);
    }

    [Theory]
    [InlineData("UPDATE Activity SET Summary = 'x'")]
    [InlineData("DELETE FROM Activity")]
    public async Task The_file_itself_refuses_a_change_that_does_not_first_take_its_guard_away(string sql)
    {
        await WriteAsync(1);
        await using var db = await core.DbAsync();
        var refused = await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlRawAsync(sql, TestCore.Cancel));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.True((await VerifyAsync()).IsWhole);
    }

    private Task<ActivityVerification> VerifyAsync() => core.Get<VerifyActivity>().CheckAsync(null, TestCore.Cancel);

    private ActivityEntry EntryOf(int number) => ActivityEntry.Of(core.Time, core.Owner, new Place(core.Team.Id), $"act-{number}", $"Did {number}");

    private async Task WriteAsync(int number)
    {
        await using var db = await core.DbAsync();
        db.Activity.Add(EntryOf(number));
        await db.SaveChangesAsync(TestCore.Cancel);
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(core.Folder, "portal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER IF EXISTS ActivityIsNotChanged; DROP TRIGGER IF EXISTS ActivityIsNotDeleted; {sql}";
        command.ExecuteNonQuery();
    }
}

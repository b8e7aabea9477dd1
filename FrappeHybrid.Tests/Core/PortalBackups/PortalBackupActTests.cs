using FrappeHybrid.Core;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.PortalBackups;

/// <summary>The portal's backups of itself: by hand and every day.</summary>
public sealed class PortalBackupActTests
{
    private static readonly Actor Operator = TestCore.StaffOf(StaffRole.Operator);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_hand_made_listed_downloaded_and_deleted_with_an_entry_for_each()
    {
        await using var core = await TestCore.StartAsync();
        TestRing.Open(core);
        var made = await core.Get<CreatePortalBackup>().RunAsync(Operator, null, Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        var path = Path.Combine(core.Folder, "backups", made.Value.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(Path.Combine(core.Folder, "backups")));
        var overview = (await core.Get<PortalBackupQueries>().FindAsync(Operator, Cancel))!;
        Assert.Equal((made.Value, false, false, true), (Assert.Single(overview.Files), made.Value.IsDaily, made.Value.HasKey, overview.IsKeyBeside));
        Assert.Null(await core.Get<PortalBackupQueries>().FindAsync(core.Owner, Cancel));

        await using (var file = (await core.Get<DownloadPortalBackup>().RunAsync(Operator, made.Value.Name, Cancel)).Value)
            Assert.Equal(made.Value.Bytes, file.Length);
        Assert.True((await core.Get<DeletePortalBackup>().RunAsync(Operator, made.Value.Name, Cancel)).IsDone);
        Assert.False(File.Exists(path));
        Assert.Equal("not-found", (await core.Get<DeletePortalBackup>().RunAsync(Operator, made.Value.Name, Cancel)).Error?.Code);
        await using var db = await core.DbAsync();
        Assert.Equal(["create-portal-backup", "download-portal-backup", "delete-portal-backup"], await db.Activity.OrderBy(entry => entry.Id).Select(entry => entry.Act).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("../portal.db")]
    [InlineData("portal.db")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("portal-20261121-200000000-manual.zip/../../portal.key")]
    public async Task Names_that_no_backup_has_are_not_found(string name)
    {
        await using var core = await TestCore.StartAsync();
        TestRing.Open(core);
        Assert.True((await core.Get<CreatePortalBackup>().RunAsync(Operator, null, Cancel)).IsDone);
        var before = TestRing.Snapshot(Path.Combine(core.Folder, "keys"));
        Assert.Equal("not-found", (await core.Get<DownloadPortalBackup>().RunAsync(Operator, name, Cancel)).Error?.Code);
        Assert.Equal("not-found", (await core.Get<DeletePortalBackup>().RunAsync(Operator, name, Cancel)).Error?.Code);
        Assert.Equal(before, TestRing.Snapshot(Path.Combine(core.Folder, "keys")));
        Assert.True(File.Exists(Path.Combine(core.Folder, "portal.key")));
    }

    [Fact]
    public async Task With_a_short_passphrase_nothing_is_made()
    {
        await using var core = await TestCore.StartAsync();
        TestRing.Open(core);
        Assert.Equal("passphrase-short", (await core.Get<CreatePortalBackup>().RunAsync(Operator, "11 letters.", Cancel)).Error?.Code);
        Assert.Equal("passphrase-short", (await core.Get<CreatePortalBackup>().RunAsync(Operator, "                ", Cancel)).Error?.Code);
        Assert.Empty(core.Get<PortalBackupStore>().List());
    }

    [Fact]
    public async Task That_cannot_be_written_leaves_nothing_and_says_why()
    {
        await using var core = await TestCore.StartAsync();
        TestRing.Open(core);
        var writer = core.Get<PortalBackupWriter>();
        var target = Path.Combine(core.Folder, "no-such-folder", "backup.zip");
        Assert.Equal("backup-failed", (await writer.WriteAsync(target, null, Cancel)).Error?.Code);
        File.WriteAllText(Path.Combine(core.Folder, "there.zip"), "mine");
        Assert.Equal("backup-exists", (await writer.WriteAsync(Path.Combine(core.Folder, "there.zip"), null, Cancel)).Error?.Code);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(core.Folder, "there.zip")));
        var backups = core.Get<CoreOptions>().BackupsPath;
        await File.WriteAllTextAsync(backups, "-", Cancel);
        Assert.Equal("backup-failed", (await core.Get<CreatePortalBackup>().RunAsync(Operator, null, Cancel)).Error?.Code);
        Assert.Equal("backup-failed", (await writer.WriteAsync(Path.Combine(core.Folder, "second.zip"), null, Cancel)).Error?.Code);
        File.Delete(backups);

        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.WriteAsync(Path.Combine(core.Folder, "cancelled.zip"), null, stopped.Token));
        Assert.Empty(Directory.GetFiles(core.Folder, "cancelled*").Concat(Directory.GetFiles(core.Folder, "second*")));
        Assert.Empty(Directory.GetFileSystemEntries(backups));
    }

    [Fact]
    public async Task Every_day_at_its_hour_and_the_newest_seven_stay_with_those_made_by_hand()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        TestRing.Open(core);
        var byHand = (await core.Get<CreatePortalBackup>().RunAsync(Operator, null, Cancel)).Value;
        var (store, keeper) = (core.Get<PortalBackupStore>(), core.Get<PortalBackupKeeper>());
        await using (new Running(keeper.RunAsync))
        {
            for (var day = 0; day < 9; day++)
            {
                var due = new DateTimeOffset(2026, 11, 22 + day, 3, 0, 0, TimeSpan.Zero);
                await core.UntilAsync(() => Task.FromResult(keeper.NextAt == due && time.IsAwaited));
                time.Advance(due - time.GetUtcNow() - TimeSpan.FromSeconds(1));
                Assert.DoesNotContain(store.List(), file => file.MadeAt.Date == due.Date && file.IsDaily);
                time.Advance(TimeSpan.FromSeconds(1));
            }

            await core.UntilAsync(() => Task.FromResult(keeper.NextAt is { Month: 12 }));
        }

        Assert.Equal(
            [.. Enumerable.Range(24, 7).Reverse().Select(day => new DateTimeOffset(2026, 11, day, 3, 0, 0, TimeSpan.Zero)), byHand.MadeAt],
            store.List().Select(file => file.MadeAt));
    }

    [Fact]
    public async Task The_one_that_fell_into_a_time_without_a_portal_is_made_at_the_start_and_a_failure_is_shown_and_tried_again()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        TestRing.Open(core);
        var (store, keeper) = (core.Get<PortalBackupStore>(), core.Get<PortalBackupKeeper>());
        var first = (await store.MakeAsync(isDaily: true, null, Cancel)).Value;
        time.Advance(TimeSpan.FromDays(3));

        // A file of the ring that the key does not open: no backup is better than one that nobody can use.
        var ring = Directory.GetFiles(Path.Combine(core.Folder, "keys"), "*.xml")[0];
        var good = await File.ReadAllTextAsync(ring, Cancel);
        await File.WriteAllTextAsync(ring, "<key", Cancel);
        await using var running = new Running(keeper.RunAsync);
        await core.UntilAsync(() => Task.FromResult(keeper.Problem is not null && time.IsAwaited));
        Assert.Equal([first], store.List());
        Assert.NotNull((await core.Get<PortalBackupQueries>().FindAsync(Operator, Cancel))!.Problem);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1), keeper.NextAt);

        await File.WriteAllTextAsync(ring, good, Cancel);
        time.Advance(TimeSpan.FromHours(1));
        await core.UntilAsync(() => Task.FromResult(store.List().Count == 2 && keeper.Problem is null));
    }

    [Fact]
    public async Task What_a_killed_portal_left_half_made_goes_at_the_start_and_nothing_else()
    {
        await using var core = await TestCore.StartAsync();
        TestRing.Open(core);
        var made = (await core.Get<CreatePortalBackup>().RunAsync(Operator, null, Cancel)).Value;
        var folder = core.Get<CoreOptions>().BackupsPath;
        var old = Directory.CreateDirectory(Path.Combine(folder, ".making-old"));
        File.WriteAllText(Path.Combine(old.FullName, "portal.db"), "-");
        var part = Path.Combine(folder, "portal-20261121-200000000-daily.zip.abc.part");
        File.WriteAllText(part, "-");
        var now = Directory.CreateDirectory(Path.Combine(folder, ".making-now"));
        Directory.SetLastWriteTimeUtc(old.FullName, core.Time.GetUtcNow().UtcDateTime.AddDays(-2));
        File.SetLastWriteTimeUtc(part, core.Time.GetUtcNow().UtcDateTime.AddDays(-2));

        await core.Get<PortalBackupStore>().CleanUpAsync(Cancel);
        Assert.Equal([now.FullName, Path.Combine(folder, made.Name)], Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal));
    }
}

using System.Net;
using System.Text.Json;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Backups;

/// <summary>What happens to backups in the portal: their jobs, what is kept of them, and who gets their files.</summary>
public sealed class BackupActsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 20, 5, 12, TimeSpan.Zero);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finished_backup_is_known_with_its_files_and_once_however_often_it_is_told()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var job = await OrderAsync(core, site);
        Assert.Equal(("/benches/main/sites/shop.example.com/backups", BackupJobTypes.BackupSite.Key), ((await core.JobAsync(job)).Path, (await core.JobAsync(job)).Type));

        var record = Record(Start);
        await EndAsync(core, site, job, record);
        await EndAsync(core, site, job, record);

        var list = (await core.Get<BackupQueries>().ListAsync(core.Owner, site.Id, Cancel))!;
        var backup = Assert.Single(list.Backups);
        Assert.Equal((record.Id, Start, "Asia/Kolkata", true, 30L, true), (backup.Id, backup.TakenAt, backup.SiteTimeZone, backup.WithFiles, backup.Bytes, backup.IsNewest));
        Assert.Equal("2026-11-22 01:35:12 Asia/Kolkata", backup.SiteTime);
        Assert.Equal(record.Files, backup.Files);
        Assert.Equal((30L, 10), (list.Bytes, list.Keep));
        Assert.Null(await core.Get<BackupQueries>().ListAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), site.Id, Cancel));
    }

    [Fact]
    public async Task A_site_that_does_not_serve_is_not_backed_up()
    {
        await using var core = await TestCore.StartAsync();
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()), state: SiteState.Broken);
        Assert.Equal("site-not-active", (await core.Get<BackupSite>().RunAsync(core.Owner, site.Id, true, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task More_than_is_to_be_kept_goes_but_never_the_newest_nor_uploads_and_final_ones()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        Guid[] ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];
        await AddAsync(core, site, Record(Start.AddDays(-9)) with { Kind = BackupKind.Upload });
        await AddAsync(core, site, Record(Start.AddDays(-8)) with { Kind = BackupKind.Final });
        for (var day = 0; day < 4; day++)
            await AddAsync(core, site, Record(Start.AddDays(day)) with { Id = ids[day], Kind = day % 2 == 0 ? BackupKind.Safety : BackupKind.Manual });

        Assert.Equal("backup-retention-invalid", (await core.Get<SetBackupRetention>().RunAsync(core.Owner, site.Id, 0, Cancel)).Error?.Code);
        Assert.True((await core.Get<SetBackupRetention>().RunAsync(core.Owner, site.Id, 2, Cancel)).IsDone);

        await using var db = await core.DbAsync();
        var gone = await db.Backups.Where(backup => backup.State == BackupState.Deleting).Select(backup => backup.Id).ToListAsync(Cancel);
        Assert.Equal(ids[..2].Order(), gone.Order());
    }

    [Fact]
    public async Task The_newest_and_one_that_a_job_may_read_are_not_deleted()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var (old, newest) = (Record(Start), Record(Start.AddHours(1)));
        await AddAsync(core, site, old);
        await AddAsync(core, site, newest);
        Assert.Equal("backup-newest", (await core.Get<DeleteBackup>().RunAsync(core.Owner, newest.Id, Cancel)).Error?.Code);

        var job = await OrderAsync(core, site);
        Assert.Equal("site-busy", (await core.Get<DeleteBackup>().RunAsync(core.Owner, old.Id, Cancel)).Error?.Code);
        await EndAsync(core, site, job, newest with { Id = Guid.CreateVersion7() });
        Assert.True((await core.Get<DeleteBackup>().RunAsync(core.Owner, old.Id, Cancel)).IsDone);
    }

    [Fact]
    public async Task A_deletion_is_done_when_the_server_is_back_and_forgotten_only_then()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var old = Record(Start);
        await AddAsync(core, site, old);
        await AddAsync(core, site, Record(Start.AddHours(1)));
        await core.Get<DeleteBackup>().RunAsync(core.Owner, old.Id, Cancel);

        core.Agent.Before = (_, _) => throw new HttpRequestException("gone");
        await core.Get<BackupSync>().DeleteMarkedAsync(Cancel);
        Assert.Equal(BackupState.Deleting, (await core.Get<BackupQueries>().FindAsync(core.Owner, old.Id, Cancel))!.State);

        core.Agent.Before = (request, _) => Task.FromResult<HttpResponseMessage?>(request.Method == HttpMethod.Delete ? new HttpResponseMessage(HttpStatusCode.NoContent) : null);
        await core.Get<BackupSync>().DeleteMarkedAsync(Cancel);
        Assert.Contains($"DELETE /benches/main/sites/shop.example.com/backups/{old.Id}", core.Agent.Requests);
        Assert.Null(await core.Get<BackupQueries>().FindAsync(core.Owner, old.Id, Cancel));
    }

    [Fact]
    public async Task What_a_failed_job_has_left_comes_in_and_what_is_gone_from_the_server_goes()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var (removed, safety) = (Record(Start), Record(Start.AddHours(1)) with { Kind = BackupKind.Safety });
        await AddAsync(core, site, removed);
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(JsonSerializer.Serialize([safety], BackupJson.Default.IReadOnlyListBackupRecord)),
        });

        await core.Get<BackupSync>().SyncAsync(site.Id, Cancel);

        var backup = Assert.Single((await core.Get<BackupQueries>().ListAsync(core.Owner, site.Id, Cancel))!.Backups);
        Assert.Equal((safety.Id, BackupKind.Safety), (backup.Id, backup.Kind));
    }

    [Fact]
    public async Task A_site_that_a_job_works_on_is_not_synchronised_because_its_folder_may_be_on_the_move()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        await AddAsync(core, site, Record(Start));
        await OrderAsync(core, site);
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("[]") });
        await core.Get<BackupSync>().SyncAsync(site.Id, Cancel);
        Assert.Single((await core.Get<BackupQueries>().ListAsync(core.Owner, site.Id, Cancel))!.Backups);
    }

    [Fact]
    public async Task A_download_link_works_once_for_its_person_within_five_minutes()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var site = await SiteAsync(core);
        var record = Record(Start);
        await AddAsync(core, site, record);
        core.Agent.Before = (request, _) => Task.FromResult<HttpResponseMessage?>(
            request.RequestUri!.AbsolutePath.EndsWith("/files/Database", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("dump") } : null);
        var links = core.Get<CreateDownloadLink>();
        var download = core.Get<DownloadBackup>();

        Assert.Equal("forbidden", (await links.RunAsync(TestCore.ActorOf(core.Team.Id, TeamRole.Viewer), record.Id, BackupFileKind.Database, Cancel)).Error?.Code);
        Assert.Equal("backup-file-missing", (await links.RunAsync(core.Owner, record.Id, BackupFileKind.SiteConfig, Cancel)).Error?.Code);

        var token = (await links.RunAsync(core.Owner, record.Id, BackupFileKind.Database, Cancel)).Value;
        Assert.False((await download.RunAsync(TestCore.ActorOf(core.Team.Id, TeamRole.Owner), token, Cancel)).IsDone);
        using (var opened = (await download.RunAsync(core.Owner, token, Cancel)).Value)
            Assert.Equal("dump", await new StreamReader(await opened.ReadAsync(Cancel)).ReadToEndAsync(Cancel));
        Assert.False((await download.RunAsync(core.Owner, token, Cancel)).IsDone);

        var late = (await links.RunAsync(core.Owner, record.Id, BackupFileKind.Database, Cancel)).Value;
        time.Advance(CreateDownloadLink.ValidFor);
        Assert.Equal("download-link-invalid", (await download.RunAsync(core.Owner, late, Cancel)).Error?.Code);

        await using var db = await core.DbAsync();
        Assert.Equal(["create-download-link", "create-download-link", "download-backup"], (await db.Activity.Select(entry => entry.Act).ToListAsync(Cancel)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(token, File.ReadAllText(Path.Combine(core.Folder, "portal.db"), System.Text.Encoding.Latin1), StringComparison.Ordinal);
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_once_one_gets_the_file()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var record = Record(Start);
        await AddAsync(core, site, record);
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("dump") });
        var token = (await core.Get<CreateDownloadLink>().RunAsync(core.Owner, record.Id, BackupFileKind.Database, Cancel)).Value;
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => core.Get<DownloadBackup>().RunAsync(core.Owner, token, Cancel))));
        Assert.Single(results, result => result.IsDone);
    }

    [Fact]
    public async Task An_upload_goes_through_as_a_stream_and_is_kept_by_a_job()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var arrived = new BackupFile(BackupFileKind.Database, "Database", 5, new string('a', 64));
        string? body = null;
        core.Agent.Before = async (request, cancel) =>
        {
            if (request.Method != HttpMethod.Put)
                return null;
            body = await request.Content!.ReadAsStringAsync(cancel);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(arrived, BackupJson.Default.BackupFile)) };
        };
        var upload = Guid.CreateVersion7();
        using var content = new MemoryStream("hello"u8.ToArray());
        Assert.Equal(arrived, (await core.Get<UploadBackupFile>().RunAsync(core.Owner, site.Id, upload, BackupFileKind.Database, content, 5, Cancel)).Value);
        Assert.Equal("hello", body);
        Assert.Contains($"PUT /benches/main/sites/shop.example.com/uploads/{upload}/files/Database", core.Agent.Requests);
        Assert.Equal("not-found", (await core.Get<UploadBackupFile>().RunAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), site.Id, upload, BackupFileKind.Database, content, 5, Cancel)).Error?.Code);

        var job = await core.JobAsync((await core.Get<KeepUpload>().RunAsync(core.Owner, site.Id, upload, Cancel)).Value);
        Assert.Equal(($"/benches/main/sites/shop.example.com/uploads/{upload}", BackupJobTypes.KeepUpload.Key), (job.Path, job.Type));
    }

    private static async Task<Site> SiteAsync(TestCore core) => await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));

    private static BackupRecord Record(DateTimeOffset at) => new(
        Guid.CreateVersion7(), BenchName.Parse("main"), SiteName.Parse("shop.example.com"), BackupKind.Manual, at, "Asia/Kolkata", "15.50.0", 100,
        [new BackupFile(BackupFileKind.Database, "x-database.sql.gz", 10, new string('d', 64)), new BackupFile(BackupFileKind.PublicFiles, "x-files.tar", 20, new string('f', 64))],
        Guid.CreateVersion7());

    private static async Task<Guid> OrderAsync(TestCore core, Site site)
    {
        var ordered = await core.Get<BackupSite>().RunAsync(core.Owner, site.Id, withFiles: true, Cancel);
        Assert.True(ordered.IsDone, ordered.Error?.Message);
        return ordered.Value;
    }

    /// <summary>The Agent tells that the job has made this.</summary>
    private static async Task EndAsync(TestCore core, Site site, Guid job, BackupRecord record)
    {
        await using var db = await core.DbAsync();
        var server = await db.Servers.SingleAsync(each => each.Id == site.ServerId, Cancel);
        server.FeedEpoch ??= core.Agent.Epoch;
        await db.SaveChangesAsync(Cancel);
        var snapshot = Snapshots.Of(job, BackupJobTypes.BackupSite, JobState.Success) with { Result = JsonSerializer.SerializeToElement(record, BackupJson.Default.BackupRecord) };
        await core.Get<FeedApplier>().ApplyAsync(server.Id, core.Agent.Epoch, [new FeedEvent(server.FeedNumber + 1, FeedEventKind.JobChanged, Start, JobId: job, Job: snapshot)], Cancel);
    }

    private static async Task AddAsync(TestCore core, Site site, BackupRecord record)
    {
        await using var db = await core.DbAsync();
        db.Backups.Add(Backup.Of(record, site.TeamId, site.ServerId, site.Id));
        await db.SaveChangesAsync(Cancel);
    }
}

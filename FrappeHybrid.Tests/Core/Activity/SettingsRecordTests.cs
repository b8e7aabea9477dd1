using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Activity;

/// <summary>A setting that somebody changes is in the record as it was and as it is since.</summary>
public sealed class SettingsRecordTests : IAsyncLifetime
{
    private TestCore core = null!;
    private Server server = null!;
    private Site site = null!;

    public async ValueTask InitializeAsync()
    {
        core = await StartAsync();
        server = await core.AddServerAsync();
        site = await core.AddSiteAsync(await core.AddBenchAsync(server));
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task How_many_backups_are_kept()
    {
        Assert.True((await core.Get<SetBackupRetention>().RunAsync(core.Owner, site.Id, 3, Cancel)).IsDone);
        Assert.True((await core.Get<SetBackupRetention>().RunAsync(core.Owner, site.Id, 9, Cancel)).IsDone);
        Assert.Equal(("3", "9"), await LastAsync("set-backup-retention"));
    }

    [Fact]
    public async Task How_a_server_is_reached()
    {
        var wanted = new ServerConnection(server.Name, "192.0.2.44", 2222, "admin", server.Domain);
        var done = await core.Get<UpdateServerConnection>().RunAsync(core.Owner, server.Id, wanted, Cancel);
        Assert.True(done.IsDone, done.Error?.Message);
        var (before, after) = await LastAsync("update-server-connection");
        Assert.Contains($"@{server.Address}, port {server.SshPort}", before, StringComparison.Ordinal);
        Assert.Contains("admin@192.0.2.44, port 2222", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sites_name_and_its_domains()
    {
        Assert.True((await core.Get<AddSiteDomain>().RunAsync(core.Owner, site.Id, "www.example.com", Cancel)).IsDone);
        Assert.Equal(($"{site.Name}; primary {site.Name}", $"{site.Name}, www.example.com; primary {site.Name}"), await LastAsync("add-domain"));
    }

    [Fact]
    public async Task A_release_and_whether_it_is_offered()
    {
        var staff = StaffOf(StaffRole.Operator);
        var release = core.Release;
        Assert.True((await core.Get<OfferRelease>().RunAsync(staff, release.Id, false, Cancel)).IsDone);
        Assert.Equal(("offered", "retired"), await LastAsync("retire-release"));
        Assert.True((await core.Get<EditRelease>().RunAsync(staff, release.Id, new ReleaseText("Newer", release.Version, release.Image.ToString(), string.Join(' ', release.Apps)), Cancel)).IsDone);
        var (before, after) = await LastAsync("edit-release");
        Assert.StartsWith($"{release.Name}: {release.Version}", before, StringComparison.Ordinal);
        Assert.StartsWith($"Newer: {release.Version}", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_is_told_of()
    {
        var person = await core.AddUserAsync("developer@example.com", role: TeamRole.Developer);
        var choose = core.Get<ChooseNotifications>();
        Assert.True((await choose.RunAsync(person, null, [new(NotificationKind.JobFailed, InBell: true, ByEmail: true)], Cancel)).IsDone);
        Assert.True((await choose.RunAsync(person, null, [new(NotificationKind.JobFailed, InBell: false, ByEmail: true)], Cancel)).IsDone);
        Assert.Equal(("job-failed: bell, e-mail", "job-failed: e-mail"), await LastAsync("choose-notifications"));
    }

    private async Task<(string? Before, string? After)> LastAsync(string act)
    {
        await using var db = await core.DbAsync();
        var entry = await db.Activity.AsNoTracking().Where(each => each.Act == act).OrderByDescending(each => each.Number).FirstAsync(Cancel);
        return (entry.Before, entry.After);
    }
}

using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Releases;

public sealed class ReleaseActsTests
{
    private const string Canary = "c4nary-of-the-registry";
    private static readonly Actor Operator = TestCore.StaffOf(StaffRole.Operator);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_the_portal_cannot_look_up_is_added_without_a_digest()
    {
        await using var core = await TestCore.StartAsync();

        // Nobody listens there: the registry is one that only servers reach.
        var id = (await core.Get<AddRelease>().RunAsync(Operator, new ReleaseText(" ERPNext 15.51.0 ", "15.51.0", "127.0.0.1:9/frappe/erpnext:v15.51.0", "erpnext, hrms frappe erpnext"), Cancel)).Value;

        var release = Assert.Single(await core.Get<ReleaseQueries>().ListAsync(Operator, Cancel), each => each.Id == id);
        Assert.Equal(("ERPNext 15.51.0", null, true, false, true), (release.Name, release.Digest, release.IsEnabled, release.IsConfigured, release.IsUnused));
        Assert.Equal(["frappe", "erpnext", "hrms"], release.Apps);
        Assert.Equal("release-known", (await core.Get<AddRelease>().RunAsync(Operator, new ReleaseText("Again", "15.51.0", release.Image, ""), Cancel)).Error?.Code);
    }

    [Theory]
    [InlineData("", "15.51.0", "a/b:1", "", "release-name-invalid")]
    [InlineData("x", "v15", "a/b:1", "", "release-version-invalid")]
    [InlineData("x", "15.51.0", "a/b", "", "release-image-invalid")]
    [InlineData("x", "15.51.0", "a/b:1", "erpnext; $(reboot)", "release-app-invalid")]
    public async Task What_is_none_is_refused(string name, string version, string image, string apps, string code)
    {
        await using var core = await TestCore.StartAsync();
        Assert.Equal(code, (await core.Get<AddRelease>().RunAsync(Operator, new ReleaseText(name, version, image, apps), Cancel)).Error?.Code);
    }

    [Fact]
    public async Task A_used_release_is_retired_not_deleted_and_its_benches_keep_it()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        await core.AddBenchAsync(server);

        Assert.Equal("release-used", (await core.Get<DeleteRelease>().RunAsync(Operator, core.Release.Id, Cancel)).Error?.Code);
        Assert.True((await core.Get<OfferRelease>().RunAsync(Operator, core.Release.Id, false, Cancel)).IsDone);
        Assert.Equal("release-not-offered", (await core.Get<CreateBench>().RunAsync(core.Owner, server.Id, "second", core.Release.Id, Cancel)).Error?.Code);
        Assert.Equal(1, Assert.Single(await core.Get<ReleaseQueries>().ListAsync(Operator, Cancel)).Benches);

        Assert.True((await core.Get<OfferRelease>().RunAsync(Operator, core.Release.Id, true, Cancel)).IsDone);
        Assert.True((await core.Get<EditRelease>().RunAsync(Operator, core.Release.Id, new ReleaseText("Renamed", "15.50.1", "", "erpnext"), Cancel)).IsDone);
        Assert.Equal("Renamed", Assert.Single(await core.Get<ReleaseQueries>().OfferedAsync(Cancel)).Name);
    }

    [Fact]
    public async Task What_the_operator_added_stays_when_the_configuration_is_read_again()
    {
        await using var core = await TestCore.StartAsync();
        ReleaseOptions[] wanted = [new() { Name = "Configured", Version = "15.60.0", Image = "frappe/erpnext:v15.60.0" }];
        var databases = core.Get<IDbContextFactory<FrappeHybrid.Core.Data.PortalDb>>();
        await new SeedReleases(databases, wanted, core.Time).RunAsync(Cancel);
        var configured = (await core.Get<ReleaseQueries>().ListAsync(Operator, Cancel)).Single(each => each.Name == "Configured");
        Assert.Equal("release-configured", (await core.Get<OfferRelease>().RunAsync(Operator, configured.Id, false, Cancel)).Error?.Code);

        // No longer written: retired, and the operator's from now on; the one that was added on the page is offered as before.
        await new SeedReleases(databases, [], core.Time).RunAsync(Cancel);
        Assert.Equal([core.Release.Id], (await core.Get<ReleaseQueries>().OfferedAsync(Cancel)).Select(release => release.Id));
        Assert.True((await core.Get<DeleteRelease>().RunAsync(Operator, configured.Id, Cancel)).IsDone);
    }

    [Fact]
    public async Task A_registrys_password_goes_to_the_Agent_with_the_job_and_is_nowhere_in_clear()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        await using (var db = await core.DbAsync())
        {
            db.Add(new ImageRegistry
            {
                Id = NewId.At(core.Time),
                Host = RegistrySignIn.DefaultRegistry,
                UserName = "lab",
                PasswordProtected = core.Get<SecretVault>().Protect(ImageRegistry.PasswordPurpose, Canary),
                AcceptedAt = core.Time.GetUtcNow(),
            });
            await db.SaveChangesAsync(Cancel);
        }

        var (_, newBench) = await core.OrderBenchAsync(server);
        var pull = (await core.Get<PullRelease>().RunAsync(Operator, core.Release.Id, server.Id, Cancel)).Value;
        await core.Get<JobDelivery>().NextAsync(server.Id, Cancel);
        await core.Get<JobDelivery>().NextAsync(server.Id, Cancel);

        Assert.Equal(2, core.Agent.Submissions.Count);
        Assert.All(core.Agent.Submissions, submission => Assert.Contains(Canary, submission.Body, StringComparison.Ordinal));
        Assert.All([await core.JobAsync(newBench), await core.JobAsync(pull)], job => Assert.Null(job.Request));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(core.Folder, "portal.db*"))
            Assert.DoesNotContain(Canary, await ReadAsync(file), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(await core.Get<ReleaseQueries>().RegistriesAsync(Operator, Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_is_kept_only_when_the_registry_has_accepted_it()
    {
        await using var core = await TestCore.StartAsync();

        Assert.Equal("registry-unreachable", (await core.Get<SetRegistrySignIn>().RunAsync(Operator, "127.0.0.1:9", "lab", Canary, Cancel)).Error?.Code);
        Assert.Equal("registry-host-invalid", (await core.Get<SetRegistrySignIn>().RunAsync(Operator, "https://registry.example.com/v2", "lab", Canary, Cancel)).Error?.Code);
        Assert.Empty(await core.Get<ReleaseQueries>().RegistriesAsync(Operator, Cancel));
    }

    [Fact]
    public async Task A_server_that_has_pulled_a_release_has_seen_its_digest()
    {
        await using var core = await TestCore.StartAsync();
        var job = (await core.Get<PullRelease>().RunAsync(Operator, core.Release.Id, (await core.AddServerAsync()).Id, Cancel)).Value;
        var digest = $"sha256:{new string('b', 64)}";
        var result = JsonSerializer.SerializeToElement(new PullImageResult(core.Release.Image, digest, 1 << 20, [AppName.Parse("frappe")]), BenchWorkJson.Default.PullImageResult);

        await core.Get<JobUpdates>().RunAsync(job, row => row.Apply(Snapshots.Of(job, BenchJobTypes.PullImage, JobState.Success) with { Result = result }), Cancel);

        var seen = Assert.Single(await core.Get<ReleaseQueries>().ListAsync(Operator, Cancel));
        Assert.Equal((digest, DateTimeOffset.UnixEpoch.AddMinutes(1)), (seen.Digest, seen.DigestSeenAt));
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancel);
    }
}

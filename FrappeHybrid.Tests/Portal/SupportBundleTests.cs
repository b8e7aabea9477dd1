using System.IO.Compression;
using System.Net;
using System.Text;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The support bundle as a browser downloads it.</summary>
public sealed class SupportBundleTests : IAsyncLifetime
{
    private const string Canary = "canary-of-the-bundle";
    private TestPortal portal = null!;
    private PortalSeed seed = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync();
        seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        portal.Agent.Evidence = new JobEvidence(
            "0.1.0", new ServerInfo("host", "Debian GNU/Linux 12 (bookworm)", "6.1.0", 2, 0.1, 8L << 30, 4L << 30, 100L << 30, 50L << 30, "20.10.24", "running", 0, 3600),
            "the Agent said this", [new ServiceEvidence("backend", "running", "the backend said that")]);
    }

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task A_failed_job_is_one_archive_without_its_request()
    {
        await using (var db = await DbAsync())
        {
            var protectedRequest = portal.Services.GetRequiredService<FrappeHybrid.Core.Common.SecretVault>().Protect("job-request", Canary);
            await db.Jobs.Where(job => job.Id == seed.FailedJob).ExecuteUpdateAsync(set => set.SetProperty(job => job.SecretProtected, protectedRequest).SetProperty(job => job.Request, Canary), Cancel);
        }

        using var browser = await portal.SignedInAsync();
        using var answer = await browser.GetAsync(Address(seed.FailedJob), Cancel);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Matches("^\"?support-[A-Za-z0-9._-]+[.]zip\"?$", answer.Content.Headers.ContentDisposition?.FileName);

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancel), ZipArchiveMode.Read))
        {
            foreach (var entry in archive.Entries)
            {
                using var reader = new StreamReader(await entry.OpenAsync(Cancel), Encoding.UTF8);
                files.Add(entry.FullName, await reader.ReadToEndAsync(Cancel));
            }
        }

        Assert.Contains(seed.FailedJob.ToString(), files["job.json"], StringComparison.Ordinal);
        Assert.Equal("the Agent said this", files["agent-log.txt"]);
        Assert.Contains("the backend said that", files["services/backend.txt"], StringComparison.Ordinal);
        Assert.DoesNotContain(files.Values, text => text.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_foreign_team_a_running_job_and_none_are_not_found_and_a_stranger_is_sent_to_the_sign_in()
    {
        using var stranger = portal.Browser();
        using var closed = await stranger.GetAsync(Address(seed.FailedJob), Cancel);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        Assert.StartsWith("/account/sign-in", closed.Headers.Location!.IsAbsoluteUri ? closed.Headers.Location.AbsolutePath : closed.Headers.Location.OriginalString, StringComparison.Ordinal);

        using var foreign = await ForeignerAsync();
        using var hidden = await foreign.GetAsync(Address(seed.FailedJob), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);

        using var browser = await portal.SignedInAsync();
        // The Agent behind this portal knows nothing of it, and it may have been given up for lost meanwhile.
        await using (var rows = await DbAsync())
            await rows.Jobs.Where(job => job.Id == seed.RunningJob).ExecuteUpdateAsync(set => set.SetProperty(job => job.State, RunState.Running), Cancel);
        using var running = await browser.GetAsync(Address(seed.RunningJob), Cancel);
        using var none = await browser.GetAsync(Address(Guid.CreateVersion7()), Cancel);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (running.StatusCode, none.StatusCode));
        await using var db = await DbAsync();
        Assert.Equal(0, await db.Activity.CountAsync(entry => entry.Act == "download-support-bundle", Cancel));
    }

    private static Uri Address(Guid job) => new($"/jobs/{job}/support-bundle", UriKind.Relative);

    private Task<PortalDb> DbAsync() => portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);

    /// <summary>A browser of somebody who owns another team.</summary>
    private async Task<HttpClient> ForeignerAsync()
    {
        const string email = "other@example.com";
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true };
            Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().CreateAsync(user, TestPortal.Password)).Succeeded);
            await using var db = await DbAsync();
            var team = new Team { Id = Guid.CreateVersion7(), Name = "Another customer", CreatedAt = TimeProvider.System.GetUtcNow() };
            db.Add(team);
            db.Add(new TeamMember { TeamId = team.Id, UserId = user.Id, Role = TeamRole.Owner });
            await db.SaveChangesAsync(Cancel);
        }

        var browser = portal.Browser();
        using var answer = await TestPortal.PostFormAsync(browser, "/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.Email"] = email, ["Input.Password"] = TestPortal.Password });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }
}

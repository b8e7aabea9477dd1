using System.Net;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Sites;

/// <summary>Everyday work on a site as the portal orders it, and what its end means.</summary>
public sealed class SiteWorkActsTests
{
    private const string Sid = "canary51d51d51d51d51d51d51d51d51d51d51d";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<string> HostileDomains => ["", "shop", "*.example.com", "a.com; return 200", "10.0.0.1", "http://a.example.com", "a.example.com/x", "a\nb.example.com"];

    [Fact]
    public async Task Simple_acts_order_a_job_on_the_sites_own_path()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        Guid[] jobs =
        [
            (await core.Get<ClearSiteCache>().RunAsync(core.Owner, site.Id, Cancel)).Value,
            (await core.Get<SetSiteScheduler>().RunAsync(core.Owner, site.Id, false, Cancel)).Value,
            (await core.Get<SetSiteMaintenance>().RunAsync(core.Owner, site.Id, true, Cancel)).Value,
        ];
        var rows = await Task.WhenAll(jobs.Select(core.JobAsync));
        Assert.Equal(["/benches/main/sites/shop.example.com/clear-cache", "/benches/main/sites/shop.example.com/scheduler", "/benches/main/sites/shop.example.com/maintenance"], rows.Select(job => job.Path));
        Assert.Equal(["{}", """{"enabled":false}""", """{"on":true}"""], rows.Select(job => job.Request));
        await using var db = await core.DbAsync();
        Assert.Equal(3, await db.Activity.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_site_that_something_works_on_is_left_alone()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        await using (var db = await core.DbAsync())
        {
            (await db.Sites.SingleAsync(each => each.Id == site.Id, Cancel)).Become(SiteState.Working, "Being restored.");
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal("site-busy", (await core.Get<ClearSiteCache>().RunAsync(core.Owner, site.Id, Cancel)).Error?.Code);
        Assert.Equal("site-busy", (await core.Get<RenameSite>().RunAsync(core.Owner, site.Id, "other.example.com", Cancel)).Error?.Code);
        Assert.Equal("site-busy", (await core.Get<AddSiteDomain>().RunAsync(core.Owner, site.Id, "www.example.com", Cancel)).Error?.Code);
    }

    [Fact]
    public async Task A_new_password_is_in_no_row_in_clear_and_cannot_be_tried_again()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        Assert.Equal("site-password-invalid", (await core.Get<ResetAdministratorPassword>().RunAsync(core.Owner, site.Id, "x", true, Cancel)).Error?.Code);
        var id = (await core.Get<ResetAdministratorPassword>().RunAsync(core.Owner, site.Id, "canary-password-1", true, Cancel)).Value;
        var job = await core.JobAsync(id);
        Assert.Null(job.Request);
        Assert.DoesNotContain("canary-password-1", job.SecretProtected!, StringComparison.Ordinal);
        await EndAsync(core, id, RunState.Failure);
        Assert.Equal("retry-secret", (await core.Get<RetryJob>().RunAsync(core.Owner, id, Cancel)).Error?.Code);
        Assert.DoesNotContain("canary", new SetAdministratorPasswordRequest("canary", true).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_needs_a_reason_and_writes_it_down_but_not_the_session()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        Answer(core, "/sid", () => JsonSerializer.Serialize(new SignInAnswer(Sid), SiteWorkJson.Default.SignInAnswer));
        foreach (var reason in (string[])["", "   ", "x", new string('x', 301)])
            Assert.Equal("reason-needed", (await core.Get<SignInAsAdministrator>().RunAsync(core.Owner, site.Id, reason, Cancel)).Error?.Code);

        var signIn = await core.Get<SignInAsAdministrator>().RunAsync(core.Owner, site.Id, "Customer cannot\nprint", Cancel);
        Assert.Equal((Sid, "http://shop.example.com/login"), (signIn.Value.Sid, signIn.Value.Address.AbsoluteUri));
        await using var db = await core.DbAsync();
        var entry = await db.Activity.SingleAsync(Cancel);
        Assert.Equal(("sign-in-as-administrator", "Signed in to shop.example.com as Administrator", "Customer cannot print"), (entry.Act, entry.Summary, entry.Reason));
        Assert.Equal(0, await db.Jobs.CountAsync(Cancel));
        Assert.DoesNotContain(Sid, signIn.Value.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Sid, signIn.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(Sid, StringComparison.Ordinal));
        Assert.DoesNotContain(Sid, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(core.Folder, "portal.db"), Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_belongs_to_the_site_when_its_job_is_done_and_to_nobody_when_it_failed()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var first = (await core.Get<AddSiteDomain>().RunAsync(core.Owner, site.Id, " WWW.Example.com. ", Cancel)).Value;
        Assert.Equal("domains-busy", (await core.Get<AddSiteDomain>().RunAsync(core.Owner, site.Id, "b.example.com", Cancel)).Error?.Code);
        await EndAsync(core, first, RunState.Success);
        var second = (await core.Get<AddSiteDomain>().RunAsync(core.Owner, site.Id, "bücher.example.com", Cancel)).Value;
        Assert.Equal("""{"domains":["www.example.com","xn--bcher-kva.example.com"],"redirect":false}""", (await core.JobAsync(second)).Request);
        await EndAsync(core, second, RunState.Failure);
        Assert.Equal([("www.example.com", SiteDomainState.Active)], (await core.Get<SiteQueries>().DomainsAsync(core.Owner, site.Id, Cancel)).Select(domain => (domain.Name.Value, domain.State)));

        await EndAsync(core, (await core.Get<SetPrimaryDomain>().RunAsync(core.Owner, site.Id, "www.example.com", true, Cancel)).Value, RunState.Success);
        Assert.Equal("www.example.com", (await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel))!.Url.Host);
        Assert.True(await core.Get<SiteQueries>().RedirectsAsync(core.Owner, site.Id, Cancel));

        var removed = (await core.Get<RemoveSiteDomain>().RunAsync(core.Owner, site.Id, "www.example.com", Cancel)).Value;
        Assert.Equal(SiteDomainState.Removing, Assert.Single(await core.Get<SiteQueries>().DomainsAsync(core.Owner, site.Id, Cancel)).State);
        await EndAsync(core, removed, RunState.Success);
        Assert.Empty(await core.Get<SiteQueries>().DomainsAsync(core.Owner, site.Id, Cancel));
        Assert.Equal("shop.example.com", (await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel))!.Url.Host);
    }

    [Fact]
    public async Task A_name_belongs_to_one_site_of_the_whole_portal_be_it_its_name_or_a_domain()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        var other = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync("other")), "other.example.com");
        await EndAsync(core, (await core.Get<AddSiteDomain>().RunAsync(core.Owner, site.Id, "www.example.com", Cancel)).Value, RunState.Success);

        Assert.Equal("site-name-taken", (await core.Get<AddSiteDomain>().RunAsync(core.Owner, other.Id, "www.example.com", Cancel)).Error?.Code);
        Assert.Equal("site-name-taken", (await core.Get<AddSiteDomain>().RunAsync(core.Owner, other.Id, "shop.example.com", Cancel)).Error?.Code);
        Assert.Equal("site-name-taken", (await core.Get<RenameSite>().RunAsync(core.Owner, other.Id, "www.example.com", Cancel)).Error?.Code);
        Assert.Equal("site-name-taken", (await core.Get<CreateSite>().RunAsync(core.Owner, new(bench.Id, "www.example.com", "Correct-horse-7", []), Cancel)).Error?.Code);

        // Many at once, on both kinds of names: one gets it.
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => n % 2 == 0
            ? core.Get<AddSiteDomain>().RunAsync(core.Owner, other.Id, "new.example.com", Cancel)
            : core.Get<CreateSite>().RunAsync(core.Owner, new(bench.Id, "new.example.com", "Correct-horse-7", []), Cancel))));
        Assert.Single(results, result => result.IsDone);
    }

    [Theory]
    [MemberData(nameof(HostileDomains))]
    public async Task What_is_no_domain_is_refused(string domain)
    {
        await using var core = await TestCore.StartAsync();
        Assert.Equal("domain-invalid", (await core.Get<AddSiteDomain>().RunAsync(core.Owner, (await SiteAsync(core)).Id, domain, Cancel)).Error?.Code);
    }

    [Theory]
    [InlineData(RunState.Success, "after.example.com", "shop.example.com")]
    [InlineData(RunState.Failure, "shop.example.com", "after.example.com")]
    public async Task A_rename_changes_the_name_only_when_it_is_done_and_frees_the_other_one(RunState end, string name, string free)
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        Assert.Equal("site-name-invalid", (await core.Get<RenameSite>().RunAsync(core.Owner, site.Id, "no name", Cancel)).Error?.Code);
        var id = (await core.Get<RenameSite>().RunAsync(core.Owner, site.Id, "after.example.com", Cancel)).Value;
        var during = await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel);
        Assert.Equal((SiteState.Working, "shop.example.com"), (during!.State, during.Name));
        Assert.Equal("site-name-taken", (await core.Get<CreateSite>().RunAsync(core.Owner, new(site.BenchId, "after.example.com", "Correct-horse-7", []), Cancel)).Error?.Code);

        await EndAsync(core, id, end);
        var after = await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel);
        Assert.Equal((SiteState.Active, name), (after!.State, after.Name));
        Assert.True((await core.Get<CreateSite>().RunAsync(core.Owner, new(site.BenchId, free, "Correct-horse-7", []), Cancel)).IsDone);
    }

    [Theory]
    [InlineData(null, SiteState.Active, "Rename Site was not done: The disk is full. The site is as it was before.")]
    [InlineData("nginx is gone.", SiteState.Fatal, "Rename Site failed, and so did putting the site back: The disk is full.")]
    public async Task A_rename_that_fails_says_so_on_the_site_and_whether_it_is_whole(string? left, SiteState state, string reason)
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var id = (await core.Get<RenameSite>().RunAsync(core.Owner, site.Id, "after.example.com", Cancel)).Value;
        await core.Get<JobUpdates>().RunAsync(
            id, row => row.End(RunState.Failure, new Error("command-failed", "The disk is full.", left is null ? null : JobError.LeftBehind(left)), core.Time.GetUtcNow()), Cancel);
        await using var db = await core.DbAsync();
        var after = await db.Sites.SingleAsync(each => each.Id == site.Id, Cancel);
        Assert.Equal(state, after.State);
        Assert.StartsWith(reason, after.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_are_kept_with_their_time_and_a_switch_is_seen_before_they_are_asked_for_again()
    {
        await using var core = await TestCore.StartAsync();
        var site = await SiteAsync(core);
        var asked = 0;
        Answer(core, "/facts", () =>
        {
            asked++;
            return JsonSerializer.Serialize(
                new SiteFactsInfo(core.Time.GetUtcNow(), [new(AppName.Parse("frappe"), "15.50.0"), new(AppName.Parse("erpnext"), null)], 5, 6, true, false, false, 7, [DomainName.Of(site.Name)], DomainName.Of(site.Name)),
                SiteWorkJson.Default.SiteFactsInfo);
        });
        Assert.True(await core.Get<SiteFactsReader>().RefreshAsync(site.Id, fresh: false, Cancel));
        Assert.False(await core.Get<SiteFactsReader>().RefreshAsync(site.Id, fresh: false, Cancel));
        Assert.Equal(1, asked);
        var view = await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel);
        Assert.Equal((5, 7, false), (view!.Facts!.DatabaseBytes, view.Facts.QueuedJobs, view.Facts.MaintenanceMode));
        Assert.Equal(["frappe", "erpnext"], view.Apps);

        await EndAsync(core, (await core.Get<SetSiteMaintenance>().RunAsync(core.Owner, site.Id, true, Cancel)).Value, RunState.Success);
        Assert.True((await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel))!.Facts!.MaintenanceMode);
        core.Agent.Before = (_, _) => throw new HttpRequestException("gone");
        Assert.False(await core.Get<SiteFactsReader>().RefreshAsync(site.Id, fresh: true, Cancel));
        Assert.NotNull((await core.Get<SiteQueries>().FindAsync(core.Owner, site.Id, Cancel))!.Facts);
    }

    private static async Task<Site> SiteAsync(TestCore core) => await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));

    internal static void Answer(TestCore core, string end, Func<string> json) => core.Agent.Before = (request, _) => Task.FromResult(
        request.RequestUri!.AbsolutePath.EndsWith(end, StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json(), Encoding.UTF8, "application/json") }
            : null);

    internal static Task EndAsync(TestCore core, Guid job, RunState end) => core.Get<JobUpdates>().RunAsync(
        job,
        row =>
        {
            row.Become(RunState.Running);
            row.Become(end);
        },
        Cancel);
}

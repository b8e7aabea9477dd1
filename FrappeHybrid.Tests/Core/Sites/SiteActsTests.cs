using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Sites;

public sealed class SiteActsTests
{
    private const string Password = "Correct-horse-7";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<string> HostileNames =>
        ["", "shop", "a/../b", "x;rm.com", "shop..com", ".com", "shop.com.", "Shop.com", "shop.com\n", "bücher.de", "a\0.com", new string('a', 300) + ".com", "apps.txt", "-a.com", "a b.com"];

    public static TheoryData<string> HostilePasswords => ["", "short", "line\nbreak1", "tab\there12", "nul\0nul12", "separator\u2028x", "\ud800lonesurrogate", new string('a', 129)];

    [Fact]
    public async Task A_new_site_is_written_with_its_job()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());

        var made = await core.Get<CreateSite>().RunAsync(core.Owner, new(bench.Id, "shop.example.com", Password, ["frappe", "erpnext", "erpnext"]), Cancel);

        await using var db = await core.DbAsync();
        var site = await db.Sites.SingleAsync(Cancel);
        Assert.Equal((made.Value, SiteState.Installing), (site.Id, site.State));
        Assert.Equal(["frappe", "erpnext"], site.Apps);
        var job = await db.Jobs.SingleAsync(Cancel);
        Assert.Equal((RunState.Undelivered, "/benches/main/sites", site.Id), (job.State, job.Path, job.SiteId));
        Assert.DoesNotContain(Password, job.SecretProtected!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_name_that_is_none_is_refused_and_nothing_is_written(string name) => await RefusedAsync("site-name-invalid", bench => new(bench, name, Password, []));

    [Theory]
    [MemberData(nameof(HostilePasswords))]
    public async Task A_password_that_cannot_be_passed_on_is_refused(string password) => await RefusedAsync("site-password-invalid", bench => new(bench, "shop.example.com", password, []));

    [Fact]
    public async Task Apps_must_be_in_the_release()
    {
        await RefusedAsync("app-not-in-release", bench => new(bench, "shop.example.com", Password, ["hrms"]));
        await RefusedAsync("app-name-invalid", bench => new(bench, "shop.example.com", Password, ["../x"]));
    }

    [Fact]
    public async Task Of_many_who_take_a_name_at_once_one_gets_it_even_on_another_server()
    {
        await using var core = await TestCore.StartAsync();
        var benches = new[] { await core.AddBenchAsync(await core.AddServerAsync()), await core.AddBenchAsync(await core.AddServerAsync("other")) };

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(n =>
            Task.Run(() => core.Get<CreateSite>().RunAsync(core.Owner, new(benches[n % 2].Id, "shop.example.com", Password, []), Cancel))));

        Assert.Single(results, result => result.IsDone);
        Assert.All(results.Where(result => !result.IsDone), result => Assert.Equal("site-name-taken", result.Error!.Code));
    }

    [Fact]
    public async Task A_broken_site_is_tried_again_with_a_new_password_or_given_up()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench, state: SiteState.Broken);
        var other = await core.AddSiteAsync(bench, "other.example.com", SiteState.Broken);

        Assert.Equal("site-password-invalid", (await core.Get<RetrySite>().RunAsync(core.Owner, site.Id, "x", Cancel)).Error?.Code);
        var jobId = (await core.Get<RetrySite>().RunAsync(core.Owner, site.Id, Password, Cancel)).Value;
        Assert.Equal(site.Id, (await core.JobAsync(jobId)).SiteId);
        Assert.Equal("site-not-broken", (await core.Get<RetrySite>().RunAsync(core.Owner, site.Id, Password, Cancel)).Error?.Code);
        Assert.Equal(RetryJob.PasswordNeeded, (await core.Get<RetryJob>().RunAsync(core.Owner, jobId, Cancel)).Error?.Code);
        Assert.True((await core.Get<GiveUpSite>().RunAsync(core.Owner, other.Id, Cancel)).IsDone);
    }

    [Fact]
    public void A_request_that_is_printed_does_not_show_the_password() =>
        Assert.DoesNotContain(Password, new CreateSiteRequest(Guid.Empty, "a.b", Password, []).ToString(), StringComparison.Ordinal);

    private static async Task RefusedAsync(string code, Func<Guid, CreateSiteRequest> request)
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());

        var result = await core.Get<CreateSite>().RunAsync(core.Owner, request(bench.Id), Cancel);

        Assert.Equal(code, result.Error?.Code);
        await using var db = await core.DbAsync();
        Assert.Equal((0, 0, 0), (await db.Sites.CountAsync(Cancel), await db.Jobs.CountAsync(Cancel), await db.Activity.CountAsync(Cancel)));
    }
}

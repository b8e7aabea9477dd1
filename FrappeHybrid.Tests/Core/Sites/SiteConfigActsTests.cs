using System.Text.Json;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Sites;

/// <summary>A site's configuration: what may be changed, what is remembered of a change, and the way back.</summary>
public sealed class SiteConfigActsTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_remembered_without_its_secrets_and_can_be_undone()
    {
        await using var core = await TestCore.StartAsync();
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        var config = new Dictionary<string, string> { ["developer_mode"] = "1", ["mail_password"] = "\"old-canary\"" };
        Serve(core, config, "v1");

        var order = new SiteConfigOrder("v1", new Dictionary<string, string> { ["developer_mode"] = "0", ["max_file_size"] = "1000", ["mail_password"] = "\"new-canary\"" }, []);
        var job = await core.Get<ChangeSiteConfig>().RunAsync(core.Owner, site.Id, order, Cancel);
        Assert.True(job.IsDone, job.Error?.Message);
        Assert.Null((await core.JobAsync(job.Value)).Request);
        await SiteWorkActsTests.EndAsync(core, job.Value, RunState.Success);
        var made = Assert.Single(await core.Get<SiteConfigReader>().HistoryAsync(core.Owner, site.Id, 10, Cancel));
        Assert.Equal(RunState.Success, made.State);
        Assert.DoesNotContain("canary", made.Change.EditsJson, StringComparison.Ordinal);
        Assert.Equal(("1", "0"), made.Change.Edits.Where(edit => edit.Key == "developer_mode").Select(edit => (edit.Before, edit.After)).Single());

        Serve(core, new() { ["developer_mode"] = "0", ["max_file_size"] = "1000", ["mail_password"] = "\"x\"" }, "v2");
        Assert.True((await core.Get<UndoSiteConfigChange>().RunAsync(core.Owner, site.Id, made.Change.Id, Cancel)).IsDone);
        var undo = (await core.Get<SiteConfigReader>().HistoryAsync(core.Owner, site.Id, 10, Cancel))[0].Change;
        Assert.Equal(made.Change.Id, undo.UndoOf);
        Assert.Equal([("developer_mode", "1", false), ("max_file_size", null, true)], undo.Edits.Select(edit => (edit.Key, edit.After, edit.IsRemoved)));

        Serve(core, new() { ["developer_mode"] = "2", ["max_file_size"] = "1000" }, "v3");
        Assert.Equal("config-undo-moved", (await core.Get<UndoSiteConfigChange>().RunAsync(core.Owner, site.Id, made.Change.Id, Cancel)).Error?.Code);
        await using var db = await core.DbAsync();
        Assert.DoesNotContain("canary", string.Concat(await db.Activity.Select(entry => entry.Summary).ToListAsync(Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v0", "developer_mode", "1", "config-changed")]
    [InlineData("v1", "db_name", "\"x\"", "config-key-protected")]
    [InlineData("v1", "frappe_hybrid_x", "1", "config-key-protected")]
    [InlineData("v1", "a b", "1", "config-key-invalid")]
    [InlineData("v1", "developer_mode", "yes", "config-value-invalid")]
    public async Task What_does_not_fit_is_refused_and_nothing_is_written(string version, string key, string value, string code)
    {
        await using var core = await TestCore.StartAsync();
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        Serve(core, new() { ["developer_mode"] = "1" }, "v1");
        var refused = await core.Get<ChangeSiteConfig>().RunAsync(core.Owner, site.Id, new SiteConfigOrder(version, new Dictionary<string, string> { [key] = value }, []), Cancel);
        Assert.Equal(code, refused.Error?.Code);
        await using var db = await core.DbAsync();
        Assert.Equal((0, 0), (await db.Jobs.CountAsync(Cancel), await db.SiteConfigChanges.CountAsync(Cancel)));
    }

    [Theory]
    [InlineData("mail_password", true)]
    [InlineData("google_api_key", true)]
    [InlineData("backup_encryption_key", true)]
    [InlineData("s3_access_key", true)]
    [InlineData("sentry_dsn", true)]
    [InlineData("developer_mode", false)]
    [InlineData("max_file_size", false)]
    [InlineData("keep_backups_for_hours", false)]
    public void A_secret_is_known_by_its_name(string key, bool isSecret) => Assert.Equal(isSecret, SiteConfigRules.IsSecret(key));

    [Theory]
    [InlineData("""{"mail":{"smtp_password":"x"}}""", true)]
    [InlineData("""["redis://:pass@host:6379"]""", true)]
    [InlineData("""{"limit":600}""", false)]
    [InlineData("\"https://example.com/path\"", false)]
    public void A_secret_inside_of_a_value_is_found(string json, bool isSecret)
    {
        using var value = JsonDocument.Parse(json);
        Assert.Equal(isSecret, SiteConfigRules.IsSecret("some_setting", value.RootElement));
    }

    [Fact]
    public void The_known_keys_can_be_set() => Assert.All(SiteConfigKey.All, key => Assert.True(SiteConfigRules.IsKey(key.Key) && !SiteConfigRules.IsProtected(key.Key), key.Key));

    private static void Serve(TestCore core, Dictionary<string, string> config, string version) => SiteWorkActsTests.Answer(core, "/config", () =>
    {
        var keys = config.Select(each =>
        {
            using var value = JsonDocument.Parse(each.Value);
            var isSecret = SiteConfigRules.IsSecret(each.Key);
            return new SiteConfigValue(each.Key, isSecret ? null : value.RootElement.Clone(), isSecret, SiteConfigRules.IsProtected(each.Key));
        });
        return JsonSerializer.Serialize(new SiteConfigInfo(version, [.. keys]), SiteWorkJson.Default.SiteConfigInfo);
    });
}

using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Webhooks;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Webhooks;

/// <summary>Who may make and see webhooks, and what can be typed.</summary>
public sealed class WebhookActTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task Developers_and_other_teams_see_and_change_nothing()
    {
        await using var scene = await WebhookScene.StartAsync();
        var queries = scene.Core.Get<WebhookQueries>();
        foreach (var actor in new[] { TestCore.ActorOf(scene.Core.Team.Id, TeamRole.Developer), TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), TestCore.StaffOf(StaffRole.Support) })
        {
            Assert.Null(await queries.ListAsync(actor, scene.Core.Team.Id, Cancel));
            Assert.Null(await queries.FindAsync(actor, scene.Hook, Cancel));
            Assert.Empty(await queries.DeliveriesAsync(actor, scene.Hook, null, 50, Cancel));
            Assert.False((await scene.Core.Get<RotateWebhookSecret>().RunAsync(actor, scene.Hook, Cancel)).IsDone);
        }

        Assert.Single((await queries.ListAsync(TestCore.ActorOf(scene.Core.Team.Id, TeamRole.Admin), scene.Core.Team.Id, Cancel))!);
        Assert.Null(await queries.ListAsync(TestCore.StaffOf(StaffRole.Operator), Guid.CreateVersion7(), Cancel));
    }

    [Theory]
    [InlineData("https://hooks.example.com/", "", "", "webhook-without-kinds")]
    [InlineData("https://hooks.example.com/", "", "no-such-kind", "webhook-kind-unknown")]
    [InlineData("https://hooks.example.com/", "", "new-sign-in", "webhook-kind-unknown")]
    [InlineData("https://hooks.example.com/", "two\nlines", "job-failed", "webhook-description-invalid")]
    [InlineData("nonsense", "", "job-failed", "webhook-url-invalid")]
    public async Task What_cannot_be_is_refused(string url, string description, string kind, string code)
    {
        await using var scene = await WebhookScene.StartAsync();
        var draft = new WebhookDraft(url, description, kind.Length == 0 ? [] : [kind]);
        Assert.Equal(code, (await scene.Core.Get<CreateWebhook>().RunAsync(scene.Core.Owner, scene.Core.Team.Id, draft, Cancel)).Error?.Code);
        Assert.Equal(code, (await scene.Core.Get<EditWebhook>().RunAsync(scene.Core.Owner, scene.Hook, draft, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Team_has_no_more_than_it_can_look_after_and_each_act_is_recorded()
    {
        await using var scene = await WebhookScene.StartAsync();
        for (var number = 1; number < Webhook.MostOfTeam; number++)
            await scene.AddAsync("https://hooks.example.com/");
        var draft = new WebhookDraft("https://hooks.example.com/", "", ["job-failed"]);
        Assert.Equal("webhook-too-many", (await scene.Core.Get<CreateWebhook>().RunAsync(scene.Core.Owner, scene.Core.Team.Id, draft, Cancel)).Error?.Code);

        await scene.Core.Get<SendTestEvent>().RunAsync(scene.Core.Owner, scene.Hook, Cancel);
        await scene.Core.Get<ReplayDelivery>().RunAsync(scene.Core.Owner, Assert.Single(await scene.DeliveriesAsync()).Id, Cancel);
        await scene.Core.Get<RotateWebhookSecret>().RunAsync(scene.Core.Owner, scene.Hook, Cancel);
        await scene.Core.Get<EditWebhook>().RunAsync(scene.Core.Owner, scene.Hook, draft, Cancel);
        Assert.True((await scene.Core.Get<DeleteWebhook>().RunAsync(scene.Core.Owner, scene.Hook, Cancel)).IsDone);

        await using var db = await scene.Core.DbAsync();
        var acts = await db.Activity.Where(entry => entry.SubjectId == scene.Hook).Select(entry => entry.Act).ToListAsync(Cancel);
        Assert.Equal(["create-webhook", "delete-webhook", "edit-webhook", "rotate-webhook-secret", "test-webhook"], acts.Order(StringComparer.Ordinal));
        Assert.Equal(0, await db.WebhookDeliveries.CountAsync(Cancel));
        Assert.Equal(Webhook.MostOfTeam - 1, await db.Webhooks.CountAsync(Cancel));
    }
}

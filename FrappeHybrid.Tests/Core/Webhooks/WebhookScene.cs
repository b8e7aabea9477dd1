using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Webhooks;
using FrappeHybrid.Tests.Core.Notifications;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Core.Webhooks;

/// <summary>A team with a webhook to a receiver on this machine, which is allowed here.</summary>
internal sealed class WebhookScene : IAsyncDisposable
{
    private WebhookScene(TestCore core, Receiver receiver) => (Core, Receiver) = (core, receiver);

    public TestCore Core { get; }

    public Receiver Receiver { get; }

    public Guid Hook { get; private set; }

    public string Secret { get; private set; } = "";

    public FakeTime Time => (FakeTime)Core.Time;

    private static CancellationToken Cancel => TestCore.Cancel;

    public static async Task<WebhookScene> StartAsync()
    {
        var scene = new WebhookScene(await TestCore.StartAsync(new FakeTime()), await Receiver.StartAsync());
        Allow(scene.Core);
        (scene.Hook, scene.Secret) = await scene.AddAsync(scene.Receiver.Url);
        return scene;
    }

    public static void Allow(TestCore core) => (core.Get<WebhookOptions>().AllowHttp, core.Get<WebhookOptions>().AllowPrivateAddresses) = (true, true);

    public async Task<(Guid Id, string Secret)> AddAsync(string url, params IReadOnlyList<string> kinds)
    {
        var made = await Core.Get<CreateWebhook>().RunAsync(Core.Owner, Core.Team.Id, new WebhookDraft(url, "Chat", kinds.Count > 0 ? kinds : ["support-asked", "job-failed"]), Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        return (made.Value.Id, made.Value.Secret);
    }

    /// <summary>Something happens that the webhook is told of.</summary>
    public Task HappensAsync(string title = "Support asks") => Core.TellAsync(NotificationKind.SupportAsked, new Place(Core.Team.Id), title);

    public Task<TimeSpan?> DeliverAsync(Guid? hook = null) => Core.Get<WebhookDeliverer>().DeliverDueAsync(hook ?? Hook, Cancel);

    public async Task<IReadOnlyList<WebhookDeliveryView>> DeliveriesAsync(Guid? hook = null) => await Core.Get<WebhookQueries>().DeliveriesAsync(Core.Owner, hook ?? Hook, null, 50, Cancel);

    public async Task<WebhookView> HookAsync() => (await Core.Get<WebhookQueries>().FindAsync(Core.Owner, Hook, Cancel))!;

    /// <summary>What delivers with a DNS of the test's own.</summary>
    public (WebhookClient Client, WebhookDeliverer Deliverer) With(IDnsLookup dns, WebhookOptions options)
    {
        var client = new WebhookClient(dns, Core.Get<SecretVault>(), options, Core.Time);
        return (client, new WebhookDeliverer(Core.Get<IDbContextFactory<PortalDb>>(), client, Core.Get<Notifier>(), Core.Get<LiveChanges>(), Core.Time, NullLogger<WebhookDeliverer>.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Core.DisposeAsync();
    }
}

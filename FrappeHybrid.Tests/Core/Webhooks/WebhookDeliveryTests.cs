using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Webhooks;
using FrappeHybrid.Tests.Core.Notifications;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Webhooks;

/// <summary>What a receiver gets, when, and how often.</summary>
public sealed class WebhookDeliveryTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task Receiver_gets_the_event_with_a_signature_that_it_can_check_itself()
    {
        await using var scene = await WebhookScene.StartAsync();
        scene.Core.Get<CoreOptions>().PublicUrl = "https://portal.example.com";
        var site = await scene.Core.AddSiteAsync(await scene.Core.AddBenchAsync(await scene.Core.AddServerAsync()));
        await scene.Core.TellAsync(NotificationKind.JobFailed, site.Place, "Update of shop.example.com failed");

        Assert.Null(await scene.DeliverAsync());

        var request = Assert.Single(scene.Receiver.Requests);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(("job-failed", "Update of shop.example.com failed", "https://portal.example.com/jobs"), (body.GetProperty("kind").GetString(), body.GetProperty("title").GetString(), body.GetProperty("link").GetString()));
        Assert.Equal(("Customer", "shop.example.com", "main"), (body.GetProperty("team").GetProperty("name").GetString(), body.GetProperty("place").GetProperty("site").GetProperty("name").GetString(), body.GetProperty("place").GetProperty("bench").GetProperty("name").GetString()));
        Assert.Equal("failed", body.GetProperty("data").GetProperty("result").GetString());
        var delivery = Assert.Single(await scene.DeliveriesAsync());
        Assert.Equal(("job-failed", delivery.Id.ToString()), (request.Headers["X-FrappeHybrid-Event"], request.Headers["X-FrappeHybrid-Delivery"]));
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        var timestamp = request.Headers["X-FrappeHybrid-Timestamp"];
        Assert.Equal(scene.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), timestamp);
        Assert.Equal("v1=" + HmacByHand(scene.Secret, $"{timestamp}.{request.Body}"), request.Headers["X-FrappeHybrid-Signature"]);
        Assert.Equal(WebhookDeliveryState.Delivered, delivery.State);
        Assert.Equal((200, true), (delivery.Tries[0].Status, delivery.Tries[0].IsGood));
    }

    [Fact]
    public async Task While_the_secret_changes_both_sign_and_after_a_day_only_the_new_one()
    {
        await using var scene = await WebhookScene.StartAsync();
        var fresh = (await scene.Core.Get<RotateWebhookSecret>().RunAsync(scene.Core.Owner, scene.Hook, Cancel)).Value;
        Assert.NotEqual(scene.Secret, fresh);
        await scene.HappensAsync();
        await scene.DeliverAsync();
        scene.Time.Advance(Webhook.Rotation);
        await scene.HappensAsync();
        await scene.DeliverAsync();
        await scene.Core.Get<Housekeeping>().RunOnceAsync(Cancel);

        var signatures = scene.Receiver.Requests.Select(request => (Signed: $"{request.Headers["X-FrappeHybrid-Timestamp"]}.{request.Body}", Header: request.Headers["X-FrappeHybrid-Signature"])).ToList();
        Assert.Equal($"v1={HmacByHand(fresh, signatures[0].Signed)},v1={HmacByHand(scene.Secret, signatures[0].Signed)}", signatures[0].Header);
        Assert.Equal($"v1={HmacByHand(fresh, signatures[1].Signed)}", signatures[1].Header);
        Assert.Null((await scene.HookAsync()).OldSecretUntil);
    }

    [Fact]
    public async Task Only_what_was_asked_for_comes_and_nothing_personal_and_nothing_of_other_teams()
    {
        await using var scene = await WebhookScene.StartAsync();
        var person = await scene.Core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        await scene.Core.TellAsync(NotificationKind.ServerBack, new Place(scene.Core.Team.Id));
        await scene.Core.TellAsync(NotificationKind.NewSignIn, Place.Portal, userId: person);
        await scene.Core.TellAsync(NotificationKind.SupportAsked, new Place(Guid.CreateVersion7()));
        Assert.Empty(await scene.DeliveriesAsync());

        Assert.True((await scene.Core.Get<EditWebhook>().RunAsync(scene.Core.Owner, scene.Hook, new WebhookDraft(scene.Receiver.Url, "", ["server-back"], IsActive: false), Cancel)).IsDone);
        await scene.Core.TellAsync(NotificationKind.ServerBack, new Place(scene.Core.Team.Id));
        Assert.Empty(await scene.DeliveriesAsync());
    }

    [Fact]
    public async Task Failing_delivery_is_tried_for_a_day_with_waits_that_grow_and_then_given_up()
    {
        await using var scene = await WebhookScene.StartAsync();
        scene.Receiver.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("down for maintenance");
        };
        await scene.HappensAsync();
        var waits = new List<TimeSpan>();
        while (await scene.DeliverAsync() is { } wait)
        {
            waits.Add(wait);
            scene.Time.Advance(wait);
        }

        Assert.Equal(TimeSpan.FromHours(24), waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait));
        for (var number = 0; number < waits.Count - 1; number++)
        {
            var expected = TimeSpan.FromMinutes(Math.Min(360, Math.Pow(2, number)));
            Assert.InRange(waits[number] / expected, 0.79, 1.21);
        }

        var delivery = Assert.Single(await scene.DeliveriesAsync());
        Assert.Equal((WebhookDeliveryState.Failed, waits.Count + 1), (delivery.State, delivery.Tries.Count));
        Assert.Equal((503, "The receiver answered 503.", "down for maintenance"), (delivery.Tries[0].Status, delivery.Tries[0].Problem, delivery.Tries[0].Answer));
        Assert.Single(scene.Receiver.Requests.Select(request => request.Headers["X-FrappeHybrid-Delivery"]).Distinct());
        Assert.Single(scene.Receiver.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Webhook_that_fails_for_three_days_is_switched_off_and_those_who_may_mend_it_are_told()
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.Core.AddPersonAsync("owner@example.com", TeamRole.Owner);
        scene.Receiver.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var began = scene.Time.GetUtcNow();
        while ((await scene.HookAsync()).IsActive && scene.Time.GetUtcNow() - began < TimeSpan.FromDays(6))
        {
            await scene.HappensAsync();
            await scene.DeliverAsync();
            scene.Time.Advance(TimeSpan.FromHours(6));
        }

        Assert.InRange(scene.Time.GetUtcNow() - began, TimeSpan.FromDays(3), TimeSpan.FromDays(3.5));
        Assert.NotNull((await scene.HookAsync()).SwitchedOffAt);
        Assert.DoesNotContain(await scene.DeliveriesAsync(), delivery => delivery.State is WebhookDeliveryState.Waiting);
        await scene.Core.Get<NotificationFanOut>().RunOnceAsync(Cancel);
        await using (var db = await scene.Core.DbAsync())
            Assert.Equal("The webhook to 127.0.0.1 was switched off", (await db.Notifications.Where(each => each.Event.Kind == NotificationKind.WebhookSwitchedOff && each.ByEmail).Select(each => each.Event.Title).SingleAsync(Cancel)));

        Assert.True((await scene.Core.Get<EditWebhook>().RunAsync(scene.Core.Owner, scene.Hook, new WebhookDraft(scene.Receiver.Url, "", ["support-asked"]), Cancel)).IsDone);
        Assert.Equal((true, null, null), ((await scene.HookAsync()).IsActive, (await scene.HookAsync()).SwitchedOffAt, (await scene.HookAsync()).FailingSince));
    }

    [Fact]
    public async Task Receiver_that_does_not_answer_is_left_after_ten_seconds()
    {
        await using var scene = await WebhookScene.StartAsync();
        scene.Receiver.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await scene.HappensAsync();
        var delivering = scene.DeliverAsync();
        await scene.Receiver.ArrivedAsync(Cancel);
        Assert.False(delivering.IsCompleted);
        scene.Time.Advance(WebhookClient.Limit);
        Assert.NotNull(await delivering);

        var tried = Assert.Single(Assert.Single(await scene.DeliveriesAsync()).Tries);
        Assert.Equal((null, "The receiver did not answer within 10 seconds.", WebhookClient.Limit), (tried.Status, tried.Problem, tried.Took));
    }

    [Fact]
    public async Task Slow_receiver_delays_nobody_else()
    {
        await using var scene = await WebhookScene.StartAsync();
        await using var quick = await Receiver.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Receiver.Answer = _ => release.Task;
        var (second, _) = await scene.AddAsync(quick.Url);
        await using var engine = new Running(scene.Core.Get<WebhookDeliverer>().RunAsync);
        for (var number = 0; number < 3; number++)
            await scene.HappensAsync($"Event {number}");

        for (var number = 0; number < 3; number++)
            await quick.ArrivedAsync(Cancel);
        await scene.Core.UntilAsync(async () => (await scene.DeliveriesAsync(second)).All(delivery => delivery.State is WebhookDeliveryState.Delivered));
        Assert.All(await scene.DeliveriesAsync(), delivery => Assert.Equal(WebhookDeliveryState.Waiting, delivery.State));
        Assert.Single(scene.Receiver.Requests);

        release.SetResult();
        await scene.Core.UntilAsync(async () => (await scene.DeliveriesAsync()).All(delivery => delivery.State is WebhookDeliveryState.Delivered));
    }

    [Fact]
    public async Task Answer_without_an_end_is_cut_and_what_is_kept_is_text()
    {
        await using var scene = await WebhookScene.StartAsync();
        scene.Receiver.Answer = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("\u001b[31m<b>ok</b>\0 " + new string('x', 500), context.RequestAborted);
        };
        await scene.HappensAsync();
        await scene.DeliverAsync();

        var tried = Assert.Single(Assert.Single(await scene.DeliveriesAsync()).Tries);
        Assert.True(tried.IsGood);
        Assert.Equal(WebhookTry.LongestAnswer, tried.Answer!.Length);
        Assert.DoesNotContain(tried.Answer, letter => char.IsControl(letter));
    }

    [Fact]
    public async Task Replayed_delivery_comes_again_under_its_id_and_a_test_comes_also_when_it_is_off()
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.HappensAsync();
        await scene.DeliverAsync();
        var delivery = Assert.Single(await scene.DeliveriesAsync());
        Assert.True((await scene.Core.Get<ReplayDelivery>().RunAsync(scene.Core.Owner, delivery.Id, Cancel)).IsDone);
        await scene.DeliverAsync();

        var requests = scene.Receiver.Requests.ToList();
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal(requests[0].Headers["X-FrappeHybrid-Delivery"], requests[1].Headers["X-FrappeHybrid-Delivery"]);
        Assert.Equal(2, Assert.Single(await scene.DeliveriesAsync()).Tries.Count);

        await scene.Core.Get<EditWebhook>().RunAsync(scene.Core.Owner, scene.Hook, new WebhookDraft(scene.Receiver.Url, "", ["job-failed"], IsActive: false), Cancel);
        Assert.True((await scene.Core.Get<SendTestEvent>().RunAsync(scene.Core.Owner, scene.Hook, Cancel)).IsDone);
        await scene.DeliverAsync();
        Assert.Equal("test", scene.Receiver.Requests.Last().Headers["X-FrappeHybrid-Event"]);
    }

    [Fact]
    public async Task Portal_that_is_killed_delivers_what_waits_under_the_same_id()
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.HappensAsync();
        var id = Assert.Single(await scene.DeliveriesAsync()).Id;
        await using var second = await scene.Core.AfterKillAsync();
        WebhookScene.Allow(second);
        await using (new Running(second.Get<WebhookDeliverer>().RunAsync))
            await scene.Receiver.ArrivedAsync(Cancel);

        Assert.Equal(id.ToString(), Assert.Single(scene.Receiver.Requests).Headers["X-FrappeHybrid-Delivery"]);
    }

    [Fact]
    public async Task Secret_is_nowhere_but_with_whom_it_was_shown()
    {
        await using var scene = await WebhookScene.StartAsync();
        var fresh = (await scene.Core.Get<RotateWebhookSecret>().RunAsync(scene.Core.Owner, scene.Hook, Cancel)).Value;
        scene.Receiver.Answer = context =>
        {
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        };
        await scene.HappensAsync();
        await scene.DeliverAsync();
        var tried = Assert.Single(Assert.Single(await scene.DeliveriesAsync()).Tries);
        var signature = Assert.Single(scene.Receiver.Requests).Headers["X-FrappeHybrid-Signature"];

        var stored = Encoding.Latin1.GetString(Files(scene.Core.Folder).SelectMany(bytes => bytes).ToArray());
        foreach (var secret in new[] { scene.Secret, fresh, scene.Secret[5..], fresh[5..], signature, signature.Split(',')[0] })
        {
            Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(scene.Core.Logs.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Contains("X-FrappeHybrid-Signature: v1=…", tried.RequestHeaders, StringComparison.Ordinal);
        Assert.Contains("X-FrappeHybrid-Event: support-asked", tried.RequestHeaders, StringComparison.Ordinal);
        // The address may hold a token of the receiver's: it is the team's to see, not the log's and the activity's.
        Assert.DoesNotContain(scene.Core.Logs.Lines, line => line.Contains("receiver-token", StringComparison.Ordinal) && !line.Contains("Database.Command", StringComparison.Ordinal));
        await using var db = await scene.Core.DbAsync();
        Assert.False(await db.Activity.AnyAsync(entry => entry.Summary.Contains("receiver-token") || entry.After!.Contains("receiver-token"), Cancel));
    }

    [Fact]
    public async Task Deliveries_are_kept_for_thirty_days()
    {
        await using var scene = await WebhookScene.StartAsync();
        await scene.HappensAsync();
        await scene.DeliverAsync();
        scene.Time.Advance(TimeSpan.FromDays(29));
        await scene.Core.Get<Housekeeping>().RunOnceAsync(Cancel);
        Assert.Single(await scene.DeliveriesAsync());
        scene.Time.Advance(TimeSpan.FromDays(2));
        await scene.Core.Get<Housekeeping>().RunOnceAsync(Cancel);
        Assert.Empty(await scene.DeliveriesAsync());
    }

    // RFC 2104, written down from its text: HMAC is H(K xor opad, H(K xor ipad, text)), with blocks of 64 bytes for SHA-256.
    private static string HmacByHand(string secret, string text)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        if (key.Length > 64)
            key = SHA256.HashData(key);
        Array.Resize(ref key, 64);
        var inner = SHA256.HashData([.. key.Select(part => (byte)(part ^ 0x36)), .. Encoding.UTF8.GetBytes(text)]);
        return Convert.ToHexString(SHA256.HashData([.. key.Select(part => (byte)(part ^ 0x5c)), .. inner])).ToLowerInvariant();
    }

    private static IEnumerable<byte[]> Files(string folder) => Directory.EnumerateFiles(folder, "portal.db*").Select(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    });
}

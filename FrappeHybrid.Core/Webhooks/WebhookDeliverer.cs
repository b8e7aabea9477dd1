using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>
/// Delivers: one worker a webhook, so that a slow receiver delays nobody else, and so many at once for all. What is due stands in the rows, so that a restart forgets
/// nothing; what a killed portal may have sent is sent again under the same id.
/// </summary>
public sealed class WebhookDeliverer(IDbContextFactory<PortalDb> databases, WebhookClient client, Notifier notifier, LiveChanges live, TimeProvider time, ILogger<WebhookDeliverer> logger) : IDisposable
{
    /// <summary>After this a delivery is given up.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    /// <summary>The wait after the first failed try.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    /// <summary>So many posts at once.</summary>
    public const int AtOnce = 32;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim slots = new(AtOnce, AtOnce);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var signal = new DispatchSignal();
        using var subscription = live.Subscribe(change =>
        {
            if (change.Entity is nameof(WebhookDelivery) or nameof(Webhook))
                signal.Raise();
        });
        var workers = new Dictionary<Guid, (DispatchSignal Wake, Task Work)>();
        signal.Raise();
        try
        {
            while (true)
            {
                await signal.WaitAsync(cancel);
                try
                {
                    foreach (var hook in await WaitingAsync(cancel))
                    {
                        if (!workers.TryGetValue(hook, out var worker))
                        {
                            var wake = new DispatchSignal();
                            workers.Add(hook, worker = (wake, WorkAsync(hook, wake, cancel)));
                        }

                        worker.Wake.Raise();
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.LogError(exception, "The webhooks to deliver to could not be read");
                    await Task.Delay(AfterFault, time, cancel);
                    signal.Raise();
                }
            }
        }
        finally
        {
            await Task.WhenAll(workers.Values.Select(worker => worker.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Delivers what is due to one webhook, one after the other. When to come back; null when nothing waits.</summary>
    public async Task<TimeSpan?> DeliverDueAsync(Guid webhookId, CancellationToken cancel)
    {
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var next = await db.WebhookDeliveries.AsNoTracking()
                .Where(delivery => delivery.WebhookId == webhookId && delivery.State == WebhookDeliveryState.Waiting && delivery.NextTryAt != null)
                .OrderBy(delivery => delivery.NextTryAt).ThenBy(delivery => delivery.CreatedAt)
                .FirstOrDefaultAsync(cancel);
            if (next is null || await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(each => each.Id == webhookId, cancel) is not { } hook)
                return null;
            if (next.NextTryAt!.Value - time.GetUtcNow() is { Ticks: > 0 } wait)
                return wait;
            await slots.WaitAsync(cancel);
            WebhookTry tried;
            try
            {
                tried = await client.PostAsync(hook, next, cancel);
            }
            finally
            {
                slots.Release();
            }

            await StoreAsync(next.Id, tried, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private async Task<List<Guid>> WaitingAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.WebhookDeliveries.Where(delivery => delivery.State == WebhookDeliveryState.Waiting).Select(delivery => delivery.WebhookId).Distinct().ToListAsync(cancel);
    }

    private async Task StoreAsync(Guid deliveryId, WebhookTry tried, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Whoever deleted the webhook meanwhile has deleted its deliveries.
        if (await db.WebhookDeliveries.SingleOrDefaultAsync(each => each.Id == deliveryId, cancel) is not { } delivery)
            return;
        var hook = await db.Webhooks.SingleAsync(each => each.Id == delivery.WebhookId, cancel);
        var now = time.GetUtcNow();
        db.Add(tried);
        delivery.TriesSinceBegun++;
        if (tried.IsGood)
        {
            delivery.End(WebhookDeliveryState.Delivered);
            hook.FailingSince = null;
        }
        else
        {
            hook.FailingSince ??= now;
            // Somebody may have switched the webhook off meanwhile.
            if (delivery.State is WebhookDeliveryState.Waiting)
                Postpone(delivery, now);
            // A receiver that was away once and is away again days later, with nothing sent between, gets its 24 hours.
            if (hook.IsActive && delivery.State is WebhookDeliveryState.Failed && now - hook.FailingSince >= Webhook.PatienceWithFailing)
                await SwitchOffAsync(db, hook, now, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }

    private static void Postpone(WebhookDelivery delivery, DateTimeOffset now)
    {
        var deadline = delivery.BegunAt + GiveUpAfter;
        if (now >= deadline)
        {
            delivery.End(WebhookDeliveryState.Failed);
            return;
        }

        // The last try is made at the end of the time, whatever the wait would be.
        var next = now + Backoff.After(delivery.TriesSinceBegun, FirstWait, LongestWait);
        delivery.NextTryAt = next < deadline ? next : deadline;
    }

    private async Task SwitchOffAsync(PortalDb db, Webhook hook, DateTimeOffset now, CancellationToken cancel)
    {
        hook.IsActive = false;
        hook.SwitchedOffAt = now;
        foreach (var delivery in await db.WebhookDeliveries.Where(each => each.WebhookId == hook.Id && each.State == WebhookDeliveryState.Waiting).ToListAsync(cancel))
            delivery.End(WebhookDeliveryState.Failed);
        var host = new Uri(hook.Url).Host;
        notifier.Tell(
            db,
            NotificationKind.WebhookSwitchedOff,
            new Place(hook.TeamId),
            $"The webhook to {host} was switched off",
            $"/teams/{hook.TeamId}/webhooks/{hook.Id}",
            "Nothing arrived there for 3 days. Mend the receiver, then switch it on again.");
        logger.LogWarning("Webhook {Webhook} failed for {Days} days and was switched off", hook.Id, Webhook.PatienceWithFailing.TotalDays);
    }

    private async Task WorkAsync(Guid webhookId, DispatchSignal wake, CancellationToken cancel)
    {
        await Task.Yield();
        while (true)
        {
            TimeSpan? wait;
            try
            {
                wait = await DeliverDueAsync(webhookId, cancel);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Webhook {Webhook} could not be delivered to", webhookId);
                wait = AfterFault;
            }

            await WaitAsync(wake, wait, cancel);
        }
    }

    private async Task WaitAsync(DispatchSignal wake, TimeSpan? wait, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(wait ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            await wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // the time is up
        }
    }
}

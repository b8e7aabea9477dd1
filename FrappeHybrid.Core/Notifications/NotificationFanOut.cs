using System.Threading.Channels;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Notifications;

/// <summary>
/// Writes down for each event who is told: people and webhooks, together with the mark on the event in one save, so that a portal that is killed at any moment
/// tells nobody twice and forgets nobody.
/// </summary>
public sealed class NotificationFanOut(IDbContextFactory<PortalDb> databases, IEnumerable<INotificationChannel> channels, LiveChanges live, TimeProvider time, ILogger<NotificationFanOut> logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private readonly List<INotificationChannel> channels = [.. channels];

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var happened = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = live.Subscribe(change =>
        {
            if (change.Entity == nameof(NotificationEvent))
                happened.Writer.TryWrite(true);
        });
        while (true)
        {
            if (await TryAsync(cancel))
                await happened.Reader.ReadAsync(cancel);
            else
                await Task.Delay(AfterFault, time, cancel);
        }
    }

    /// <summary>All events that wait; returns how many were told. One that cannot be told keeps none of the others back; it is tried again.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel) => (await PassAsync(cancel)).Told;

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            return (await PassAsync(cancel)).IsWhole;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "The events to tell could not be read");
            return false;
        }
    }

    private async Task<(int Told, bool IsWhole)> PassAsync(CancellationToken cancel)
    {
        List<Guid> waiting;
        await using (var db = await databases.CreateDbContextAsync(cancel))
            waiting = await db.NotificationEvents.Where(told => told.FannedOutAt == null).OrderBy(told => told.At).Select(told => told.Id).ToListAsync(cancel);
        var (count, isWhole) = (0, true);
        foreach (var id in waiting)
        {
            try
            {
                if (await TellAsync(id, cancel))
                    count++;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Event {Event} could not be told", id);
                isWhole = false;
            }
        }

        return (count, isWhole);
    }

    private async Task<bool> TellAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.NotificationEvents.SingleOrDefaultAsync(each => each.Id == id && each.FannedOutAt == null, cancel) is not { } told)
            return false;
        foreach (var channel in channels)
            await channel.AddAsync(db, told, cancel);
        told.FannedOutAt = time.GetUtcNow();
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false; // somebody else told it meanwhile
        }
    }
}

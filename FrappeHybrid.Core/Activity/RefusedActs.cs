using System.Collections.Concurrent;
using System.Threading.Channels;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Activity;

/// <summary>
/// Writes down what somebody asked for and was not allowed. The same once in <see cref="Again"/>, however often it is tried, so that nobody fills the record. What was
/// asked of a place that the person may not even see is told to whoever runs the portal, and not to the team there.
/// </summary>
public sealed class RefusedActs(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>How long the same is not written again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    /// <summary>The most that wait to be written; what comes then is dropped.</summary>
    public const int Most = 1000;

    private readonly Channel<ActivityEntry> waiting = Channel.CreateBounded<ActivityEntry>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<(Guid User, Guid? Token, Capability Capability, Place Place), DateTimeOffset> told = new();

    /// <summary>Writes until it is stopped; what waits then is written before it ends.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(cancel))
                await WriteAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(CancellationToken.None);
            throw;
        }
    }

    internal void Note(Actor actor, Capability capability, Place place)
    {
        // To look is no act: pages ask for it all the time.
        if (capability is Capability.View)
            return;
        var now = time.GetUtcNow();
        var key = (actor.UserId, actor.Limit?.TokenId, capability, place);
        if (told.TryGetValue(key, out var last) && now - last < Again)
            return;
        if (told.Count >= Most)
        {
            foreach (var old in told.Where(each => now - each.Value >= Again))
                told.TryRemove(old);
        }

        if (told.Count >= Most)
            return;
        told[key] = now;
        var sees = actor.May(Capability.View, place);
        waiting.Writer.TryWrite(ActivityEntry.Of(
            time,
            actor,
            sees ? place : Place.Portal,
            "refused",
            $"Was refused: {CapabilityTable.Of(capability).Meaning}",
            sees ? null : place.SiteId ?? place.BenchId ?? place.ServerId ?? place.TeamId,
            ActivityResult.Refused));
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        while (waiting.Reader.TryRead(out var entry))
            db.Activity.Add(entry);
        await db.SaveChangesAsync(cancel);
    }
}

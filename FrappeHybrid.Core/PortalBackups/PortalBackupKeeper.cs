using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>Makes the portal's daily backup of itself, and deletes the oldest when there are more than are to be kept.</summary>
public sealed class PortalBackupKeeper(IDbContextFactory<PortalDb> databases, PortalBackupStore store, PortalBackupOptions options, TimeProvider time, ILogger<PortalBackupKeeper> logger)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromHours(1);

    /// <summary>When the next one is due; null when none is made.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    /// <summary>Why the last one was not made; null when it was.</summary>
    public Error? Problem { get; private set; }

    /// <summary>Until cancelled, or at once when it is turned off. One that fell into a time without a portal is made at the start.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await store.CleanUpAsync(cancel);
        if (!options.Daily)
            return;
        NextAt = After(store.List().FirstOrDefault(file => file.IsDaily)?.MadeAt ?? time.GetUtcNow());
        while (true)
        {
            if (NextAt is { } next && next - time.GetUtcNow() is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancel);
            await RunOnceAsync(cancel);
            NextAt = Problem is null ? After(time.GetUtcNow()) : time.GetUtcNow() + TryAgainAfter;
        }
    }

    private async Task RunOnceAsync(CancellationToken cancel)
    {
        try
        {
            var made = await store.MakeAsync(isDaily: true, passphrase: null, cancel);
            Problem = made.Error;
            await RecordAsync(made, cancel);
            if (!made.IsDone)
            {
                logger.LogError("The portal's daily backup was not made: {Reason} {Advice}", made.Error.Message, made.Error.Advice);
                return;
            }

            var gone = store.Prune(options.Keep);
            logger.LogInformation("The portal's daily backup was made: {Name}, {Bytes} bytes; {Gone} old ones were deleted", made.Value.Name, made.Value.Bytes, gone);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.LogError("Old backups of the portal could not be deleted: {Reason}", problem.Message);
        }
    }

    private async Task RecordAsync(Result<PortalBackupFile> made, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Activity.Add(made.IsDone
            ? ActivityEntry.Of(time, Actor.OfPortal, Place.Portal, "create-portal-backup", $"Made the daily backup {made.Value.Name} of the portal")
            : ActivityEntry.Of(time, Actor.OfPortal, Place.Portal, "create-portal-backup", $"The daily backup of the portal was not made: {made.Error.Message}", result: ActivityResult.Failed));
        await db.SaveChangesAsync(cancel);
    }

    // The first time of the day after that moment.
    private DateTimeOffset After(DateTimeOffset moment)
    {
        var sameDay = new DateTimeOffset(moment.UtcDateTime.Date, TimeSpan.Zero) + options.At;
        return sameDay > moment ? sameDay : sameDay.AddDays(1);
    }
}

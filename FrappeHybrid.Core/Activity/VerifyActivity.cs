using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Activity;

/// <summary>Reads the whole record and says whether it is as it was written.</summary>
public sealed class VerifyActivity(IDbContextFactory<PortalDb> databases, ActivityChain chain)
{
    /// <summary>For whoever runs the portal.</summary>
    public async Task<Result<ActivityVerification>> RunAsync(Actor actor, CancellationToken cancel) =>
        actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused ? refused : await CheckAsync(null, cancel);

    /// <summary>The same for the portal's command line, which has no actor: whoever can start it can read the file.</summary>
    /// <param name="seal">One that was written down earlier and must still be there: it finds a record that was made anew as a whole. Null for none.</param>
    public async Task<ActivityVerification> CheckAsync(string? seal, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // One look at one moment: an entry that is written meanwhile would otherwise be missing from the head that was read before.
        await using var moment = await db.Database.BeginTransactionAsync(cancel);
        var head = await db.ActivityHeads.AsNoTracking().SingleOrDefaultAsync(each => each.Id == ActivityChain.HeadId, cancel);
        if (head is null)
        {
            return await db.Activity.AnyAsync(cancel)
                ? new ActivityVerification(0, "", "The row that says where the record ends is missing.", null)
                : new ActivityVerification(0, "", null, null);
        }

        byte[] key;
        try
        {
            key = chain.KeyOf(head);
        }
        catch (CryptographicException)
        {
            return new ActivityVerification(0, "", "The key of the seals cannot be opened: the row that holds it was changed, or the key ring is another.", null);
        }

        return await CheckAsync(db, head, key, seal, cancel);
    }

    private static async Task<ActivityVerification> CheckAsync(PortalDb db, ActivityHead head, byte[] key, string? wanted, CancellationToken cancel)
    {
        var (number, seal, isThere) = (0L, "", wanted is null);
        await foreach (var entry in db.Activity.AsNoTracking().OrderBy(each => each.Number).ThenBy(each => each.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (entry.Number != number + 1)
                return new ActivityVerification(number, seal, entry.Number <= number ? "An entry was put in that the portal did not write." : $"{Count(entry.Number - number - 1)} missing before this entry.", entry.Number);
            if (entry.SealOf(seal, key) != entry.Seal)
                return new ActivityVerification(number, seal, "This entry is not as it was written, or one before it was taken away.", entry.Number);
            (number, seal) = (entry.Number, entry.Seal);
            isThere |= string.Equals(seal, wanted, StringComparison.OrdinalIgnoreCase);
        }

        if (head.Signature != ActivityChain.Sign(head.Number, head.Seal, key))
            return new ActivityVerification(number, seal, "The row that says where the record ends is not as it was written.", null);
        if ((head.Number, head.Seal) == (number, seal) && !isThere)
            return new ActivityVerification(number, seal, "The seal that was written down is not in it: another record was put in its place.", null);
        return (head.Number, head.Seal) == (number, seal)
            ? new ActivityVerification(number, seal, null, null)
            : new ActivityVerification(number, seal, head.Number > number ? $"{Count(head.Number - number)} missing at the end." : "The record goes on behind its end.", number);
    }

    private static string Count(long entries) => entries == 1 ? "One entry is" : $"{entries} entries are";
}

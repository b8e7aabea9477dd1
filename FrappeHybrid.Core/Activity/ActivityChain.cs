using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FrappeHybrid.Core.Activity;

/// <summary>
/// Seals entries onto each other while they are saved, in the order in which they are saved: the key lies encrypted under the portal's key ring, so that whoever can
/// write the database file but has no key can neither change an entry nor take one away unseen. One process writes the file, so one gate makes the order.
/// </summary>
public sealed class ActivityChain(SecretVault vault) : SaveChangesInterceptor, IDisposable
{
    internal const int HeadId = 1;
    private const string Purpose = "activity-seal";
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<DbContext, object> holders = new();

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not PortalDb db)
            return result;
        var entries = db.ChangeTracker.Entries<ActivityEntry>().ToList();
        if (entries.Exists(entry => entry.State is EntityState.Modified or EntityState.Deleted))
            throw new InvalidOperationException("The record of activity is append-only.");
        var added = entries.Where(entry => entry.State is EntityState.Added).Select(entry => entry.Entity).OrderBy(entry => entry.Id).ToList();
        if (added.Count == 0)
            return result;

        await gate.WaitAsync(cancellationToken);
        try
        {
            await SealAsync(db, added, cancellationToken);
            holders.AddOrUpdate(db, gate);
        }
        catch
        {
            gate.Release();
            throw;
        }

        return result;
    }

    /// <inheritdoc/>
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        LetGo(eventData.Context);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        LetGo(eventData.Context);
        return Task.CompletedTask;
    }

    // A row that somebody else was faster with: this one is not told as a failure.
    /// <inheritdoc/>
    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        LetGo(eventData.Context);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        LetGo(eventData.Context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context?.ChangeTracker.Entries<ActivityEntry>().Any(entry => entry.State is not EntityState.Unchanged) == true
            ? throw new InvalidOperationException("Activity is saved asynchronously.")
            : result;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    /// <summary>The key; a CryptographicException when the key ring is another.</summary>
    internal byte[] KeyOf(ActivityHead head) => Convert.FromHexString(vault.Open(Purpose, head.KeyProtected));

    internal static string Sign(long number, string seal, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"head:{number}:{seal}"))));

    private async Task SealAsync(PortalDb db, List<ActivityEntry> added, CancellationToken cancel)
    {
        // A context may be older than the last entry: the row is read as it is now.
        if (db.ChangeTracker.Entries<ActivityHead>().SingleOrDefault() is { } stale)
            stale.State = EntityState.Detached;
        var head = await db.ActivityHeads.SingleOrDefaultAsync(each => each.Id == HeadId, cancel);
        byte[] key;
        if (head is null)
        {
            key = RandomNumberGenerator.GetBytes(32);
            head = new ActivityHead { Id = HeadId, KeyProtected = vault.Protect(Purpose, Convert.ToHexStringLower(key)), Number = 0, Seal = "", Signature = "" };
            db.ActivityHeads.Add(head);

            // What an older version of the portal recorded is sealed as it is found, once.
            added.InsertRange(0, await OlderAsync(db, cancel));
        }
        else
        {
            key = KeyOf(head);
        }

        foreach (var entry in added)
        {
            entry.SealAfter(head.Number, head.Seal, key);
            (head.Number, head.Seal) = (entry.Number, entry.Seal);
        }

        head.Signature = Sign(head.Number, head.Seal, key);
    }

    private static async Task<List<ActivityEntry>> OlderAsync(PortalDb db, CancellationToken cancel)
    {
        var added = db.ChangeTracker.Entries<ActivityEntry>().Select(entry => entry.Entity.Id).ToHashSet();
        var older = await db.Activity.OrderBy(entry => entry.At).ThenBy(entry => entry.Id).ToListAsync(cancel);
        return [.. older.Where(entry => !added.Contains(entry.Id))];
    }

    private void LetGo(DbContext? context)
    {
        if (context is not null && holders.TryGetValue(context, out _) && holders.Remove(context))
            gate.Release();
    }
}

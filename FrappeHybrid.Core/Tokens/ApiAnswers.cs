using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Tokens;

/// <summary>Idempotency keys. One process holds the portal, so that what runs now is known in memory; the row decides between twins, and outlives a restart.</summary>
public sealed class ApiAnswers(IDbContextFactory<PortalDb> databases, SecretVault vault, TimeProvider time)
{
    /// <summary>The twin is at work.</summary>
    public static readonly Error Running = new("idempotency-running", "A request with this Idempotency-Key is at work right now.", "Wait a moment, then send the same again.");

    /// <summary>The same key for something else.</summary>
    public static readonly Error OtherRequest = new("idempotency-key-invalid", "This Idempotency-Key was used for another request.", "Use a new key for each thing that you want done; the same key only to repeat exactly the same request.");

    /// <summary>The portal ended in the middle.</summary>
    public static readonly Error Unknown = new(
        "idempotency-unknown", "The portal was stopped while it worked on a request with this Idempotency-Key: it may have been done or not.", "Look whether it was done; if not, ask again with a new key.");

    private const string VaultPurpose = "api-answer";
    private readonly ConcurrentDictionary<Guid, bool> running = new();

    /// <summary>Begins a request, or finds what came of it: a fresh row without a status to go on with, a row with a status to repeat, or why neither.</summary>
    /// <param name="key">As the program sent it.</param>
    /// <param name="requestHash">SHA-256 of all that makes the request what it is.</param>
    public async Task<Result<ApiAnswer>> BeginAsync(Guid tokenId, string key, string requestHash, CancellationToken cancel)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var now = time.GetUtcNow();
        var fresh = new ApiAnswer { Id = NewId.At(time), TokenId = tokenId, KeyHash = hash, RequestHash = requestHash, At = now };
        await using var db = await databases.CreateDbContextAsync(cancel);
        var oldest = now - ApiAnswer.Kept;
        await db.ApiAnswers.Where(each => each.TokenId == tokenId && each.KeyHash == hash && each.At < oldest).ExecuteDeleteAsync(cancel);
        running[fresh.Id] = true;
        try
        {
            db.ApiAnswers.Add(fresh);
            await db.SaveChangesAsync(cancel);
            return fresh;
        }
        catch (Exception problem)
        {
            running.TryRemove(fresh.Id, out _);
            if (problem is not DbUpdateException update || !update.IsUniqueViolation())
                throw;
        }

        db.ChangeTracker.Clear();
        var known = await db.ApiAnswers.AsNoTracking().SingleOrDefaultAsync(each => each.TokenId == tokenId && each.KeyHash == hash, cancel);
        if (known is null)
            return Running; // it ended with nothing done between our write and our look
        if (known.RequestHash != requestHash)
            return OtherRequest;
        return known.Status is not null ? known : running.ContainsKey(known.Id) ? Running : Unknown;
    }

    /// <summary>Keeps the answer.</summary>
    public async Task KeepAsync(ApiAnswer answer, int status, string? contentType, string? location, byte[] body, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var hidden = body is { Length: > 0 } ? vault.Protect(VaultPurpose, Convert.ToBase64String(body)) : null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.ApiAnswers.Where(each => each.Id == answer.Id).ExecuteUpdateAsync(
            row => row.SetProperty(each => each.Status, status).SetProperty(each => each.ContentType, contentType).SetProperty(each => each.Location, location).SetProperty(each => each.BodyProtected, hidden),
            cancel);
        running.TryRemove(answer.Id, out _);
    }

    /// <summary>Nothing was done: the key is free again.</summary>
    public async Task ForgetAsync(ApiAnswer answer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(answer);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.ApiAnswers.Where(each => each.Id == answer.Id).ExecuteDeleteAsync(cancel);
        running.TryRemove(answer.Id, out _);
    }

    /// <summary>It is not known what was done: whoever asks again is told so.</summary>
    public void Leave(ApiAnswer answer) => running.TryRemove(answer.Id, out _);

    /// <summary>The body of a kept answer.</summary>
    public byte[] BodyOf(ApiAnswer answer) => answer.BodyProtected is null ? [] : Convert.FromBase64String(vault.Open(VaultPurpose, answer.BodyProtected));
}

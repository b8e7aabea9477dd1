using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>
/// Against guessing. Failures are counted for an account from all browsers that it does not know, for each browser that it knows by itself (a "device cookie"), and for
/// an address; so that whoever attacks an account from elsewhere does not shut its owner out of his own browser. Accounts that there are not count like those that
/// there are. It is all in the database: a restart forgets nothing.
/// </summary>
public sealed class SignInGuard(IDbContextFactory<PortalDb> databases, TimeProvider time) : IDisposable
{
    /// <summary>Of an account from unknown browsers, and of a known browser: 5 tries, then 30 s doubling to 15 min; a day without a failure forgets.</summary>
    public static readonly SignInLimit PerAccount = new(5, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    /// <summary>Of an address (an IPv6 network of 64 bits), whatever it tries: 30 in 10 minutes.</summary>
    public static readonly SignInLimit PerAddress = new(30, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(10));

    /// <summary>Letters to one account: 3 an hour.</summary>
    public static readonly SignInLimit Letters = new(3, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1));

    private const char AddressMark = 'a';
    private const char AccountMark = 'u';
    private const char BrowserMark = 'b';
    private const char LetterMark = 'm';

    // The portal is one process: what is counted and what is allowed is one step.
    private readonly SemaphoreSlim oneByOne = new(1, 1);

    /// <summary>Counts a try before anything is looked at. When it was right, <see cref="SucceedAsync"/> takes it back.</summary>
    /// <param name="account">The e-mail address as it was typed; null when only the address counts.</param>
    /// <param name="browser">The browser's id, when the account knows it.</param>
    /// <param name="address">From where; null when it is not known.</param>
    public async Task<SignInTry> BeginAsync(GuardedAct act, string? account, Guid? browser, string? address, CancellationToken cancel)
    {
        List<string> keys = [];
        var who = account?.Trim().ToUpperInvariant();
        if (who is not null && browser is { } known)
            keys.Add(Key(BrowserMark, $"{act}|{who}|{known}"));
        else if (who is not null)
            keys.Add(Key(AccountMark, $"{act}|{who}"));
        // A known browser has a count of its own; whoever else sits behind the same address does not shut it out.
        if (browser is null || who is null)
            keys.Add(Key(AddressMark, NetworkOf(address)));
        return await CountAsync(keys, cancel);
    }

    /// <summary>What was typed is right: the try is taken back, and a known browser starts anew.</summary>
    public async Task SucceedAsync(SignInTry attempt, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        await oneByOne.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            foreach (var bucket in await db.SignInBuckets.Where(each => attempt.Buckets.Contains(each.Key)).ToListAsync(cancel))
            {
                if (bucket.Key[0] == BrowserMark)
                    db.SignInBuckets.Remove(bucket);
                else
                    bucket.TakeBack(LimitOf(bucket.Key));
            }

            await db.SaveChangesAsync(cancel);
        }
        finally
        {
            oneByOne.Release();
        }
    }

    /// <summary>Whether one more letter may go to this account; counts it.</summary>
    public async Task<bool> MaySendAsync(string account, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(account);
        return (await CountAsync([Key(LetterMark, account.Trim().ToUpperInvariant())], cancel)).IsAllowed;
    }

    /// <inheritdoc/>
    public void Dispose() => oneByOne.Dispose();

    /// <summary>What an address counts as: itself, or its network of 64 bits, which is what one customer gets of IPv6.</summary>
    internal static string NetworkOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return "unknown";
        if (parsed.IsIPv4MappedToIPv6)
            parsed = parsed.MapToIPv4();
        return parsed.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8)) : parsed.ToString();
    }

    private async Task<SignInTry> CountAsync(List<string> keys, CancellationToken cancel)
    {
        await oneByOne.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var now = time.GetUtcNow();
            var buckets = await db.SignInBuckets.Where(bucket => keys.Contains(bucket.Key)).ToDictionaryAsync(bucket => bucket.Key, cancel);
            var wait = buckets.Values.Select(bucket => bucket.Wait(now)).DefaultIfEmpty(TimeSpan.Zero).Max();
            if (wait > TimeSpan.Zero)
                return new SignInTry(wait, []);
            foreach (var key in keys)
            {
                if (!buckets.TryGetValue(key, out var bucket))
                    db.SignInBuckets.Add(bucket = new SignInBucket { Key = key });
                bucket.Count(LimitOf(key), now);
            }

            await db.SaveChangesAsync(cancel);
            return new SignInTry(TimeSpan.Zero, keys);
        }
        finally
        {
            oneByOne.Release();
        }
    }

    private static SignInLimit LimitOf(string key) => key[0] switch
    {
        AddressMark => PerAddress,
        LetterMark => Letters,
        AccountMark or BrowserMark => PerAccount,
        _ => throw new InvalidOperationException("Not a key of the guard."),
    };

    private static string Key(char mark, string what) => mark + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
}

using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Who is signed in where. A session ends by itself when nobody is there, and at once when its row goes or the user's security stamp is another.</summary>
public sealed class PortalSessions(IDbContextFactory<PortalDb> databases, SecretVault vault, SignInRecord record, Notifier notifier, TimeProvider time)
{
    /// <summary>How long one lasts without a request when the browser is to remember it.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(14);

    /// <summary>How long one lasts without a request otherwise.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromHours(12);

    /// <summary>How long one lasts whatever is done with it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>How often "last seen" is written at most.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private const string Purpose = "session";
    private const string SignIn = "sign-in";

    /// <summary>Begins a session; the key for the browser's cookie, which is stored nowhere.</summary>
    public async Task<string> AddAsync(NewSession session, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        var key = OneTimeToken.New();
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(each => each.Id == session.UserId, cancel);
        db.Sessions.Add(new PortalSession
        {
            Id = NewId.At(time),
            UserId = session.UserId,
            KeyHash = OneTimeToken.Hash(key),
            TicketProtected = vault.Protect(Purpose, Convert.ToBase64String(session.Ticket)),
            SecurityStamp = user.SecurityStamp ?? "",
            Method = session.Method,
            IsRemembered = session.IsRemembered,
            Address = session.Address,
            Browser = BrowserName.Of(session.UserAgent),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = PortalSession.Until(now, now, session.IsRemembered),
        });
        // The first of all is no news to whoever just made the account.
        if (session.IsNewBrowser && await db.Activity.AnyAsync(entry => entry.UserId == user.Id && entry.Act == SignIn, cancel))
            notifier.NewSignIn(db, user.Id, BrowserName.Of(session.UserAgent), session.Address);
        record.Add(db, user, SignIn, session.Address, $"Signed in ({session.Method})");
        await db.SaveChangesAsync(cancel);
        return key;
    }

    /// <summary>The session of a cookie's key; null when there is none that is good. Notes that somebody is there.</summary>
    public async Task<OpenSession?> FindAsync(string key, CancellationToken cancel)
    {
        if (key is not { Length: OneTimeToken.Length })
            return null;
        var hash = OneTimeToken.Hash(key);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var session = await Good(db).SingleOrDefaultAsync(each => each.KeyHash == hash, cancel);
        if (session is null)
            return null;
        await SeeAsync(db, session, cancel);
        try
        {
            return new OpenSession(session.Id, Convert.FromBase64String(vault.Open(Purpose, session.TicketProtected)), session.ExpiresAt);
        }
        catch (CryptographicException)
        {
            // The key ring is another one: whoever it is signs in again.
            return null;
        }
    }

    /// <summary>Puts another ticket of the same user in the place of a session's.</summary>
    public async Task ReplaceTicketAsync(string key, Guid userId, byte[] ticket, CancellationToken cancel)
    {
        var hash = OneTimeToken.Hash(key);
        var text = vault.Protect(Purpose, Convert.ToBase64String(ticket));
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Sessions.Where(session => session.KeyHash == hash && session.UserId == userId).ExecuteUpdateAsync(session => session.SetProperty(each => each.TicketProtected, text), cancel);
    }

    /// <summary>Whether a page that was opened with this session may go on.</summary>
    /// <param name="isUsed">Somebody did something there since the last time: it counts as being seen.</param>
    public async Task<bool> IsGoodAsync(Guid id, bool isUsed, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var session = await Good(db).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (session is not null && isUsed)
            await SeeAsync(db, session, cancel);
        return session is not null;
    }

    /// <summary>The user's sessions, the one used last first.</summary>
    public async Task<IReadOnlyList<SessionView>> ListAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Good(db).AsNoTracking().Where(session => session.UserId == userId).OrderByDescending(session => session.LastSeenAt)
            .Select(session => new SessionView(session.Id, session.Browser, session.Address, session.Method, session.IsRemembered, session.CreatedAt, session.LastSeenAt, session.ExpiresAt))
            .ToListAsync(cancel);
    }

    /// <summary>Signs the browser of a cookie's key out.</summary>
    public async Task RemoveAsync(string key, CancellationToken cancel)
    {
        var hash = OneTimeToken.Hash(key);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await EndAsync(db, session => session.KeyHash == hash, "sign-out", null, "Signed out", cancel);
    }

    /// <summary>Ends one session of the user's; nothing happens when it is not his.</summary>
    public async Task EndAsync(Guid userId, Guid sessionId, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await EndAsync(db, session => session.UserId == userId && session.Id == sessionId, "end-session", address, "Ended a session", cancel);
    }

    /// <summary>Ends all sessions of the user's.</summary>
    /// <param name="except">The one that stays; null for none.</param>
    public async Task EndAllAsync(Guid userId, Guid? except, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await EndAsync(db, session => session.UserId == userId && session.Id != except, "end-sessions", address, except is null ? "Signed out everywhere" : "Ended all other sessions", cancel);
    }

    /// <summary>In what the caller is about to save: the kept session is good for the user's new security stamp, all others go.</summary>
    internal static async Task KeepOnlyAsync(PortalDb db, PortalUser user, Guid? keep, CancellationToken cancel)
    {
        foreach (var session in await db.Sessions.Where(each => each.UserId == user.Id).ToListAsync(cancel))
        {
            if (session.Id == keep)
                session.SecurityStamp = user.SecurityStamp ?? "";
            else
                db.Sessions.Remove(session);
        }
    }

    private IQueryable<PortalSession> Good(PortalDb db)
    {
        var now = time.GetUtcNow();
        return db.Sessions.Where(session => session.ExpiresAt > now && db.Users.Any(user => user.Id == session.UserId && user.SecurityStamp == session.SecurityStamp));
    }

    private async Task SeeAsync(PortalDb db, PortalSession session, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now - session.LastSeenAt < SeenEvery)
            return;
        session.Touch(now);
        // Not through SaveChanges: a session that ends at this very moment is no conflict.
        await db.Sessions.Where(each => each.Id == session.Id)
            .ExecuteUpdateAsync(each => each.SetProperty(row => row.LastSeenAt, session.LastSeenAt).SetProperty(row => row.ExpiresAt, session.ExpiresAt), cancel);
    }

    private async Task EndAsync(PortalDb db, System.Linq.Expressions.Expression<Func<PortalSession, bool>> which, string what, string? address, string result, CancellationToken cancel)
    {
        var ended = await db.Sessions.Where(which).ToListAsync(cancel);
        if (ended.Count == 0)
            return;
        var userId = ended[0].UserId;
        await db.Sessions.Where(which).ExecuteDeleteAsync(cancel);
        foreach (var session in ended)
            db.Entry(session).State = EntityState.Detached;
        var user = await db.Users.SingleOrDefaultAsync(each => each.Id == userId, cancel);
        record.Add(db, user, what, address ?? ended[0].Address, result);
        await db.SaveChangesAsync(cancel);
    }
}

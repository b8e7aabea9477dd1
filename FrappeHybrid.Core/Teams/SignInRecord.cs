using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Teams;

/// <summary>Writes down who signed in, who tried to, and what was changed about an account.</summary>
public sealed class SignInRecord(TimeProvider time)
{
    /// <summary>Adds an entry to what the caller is about to save. It belongs to no team.</summary>
    /// <param name="user">Whose account; null when there is none. What was typed then is never written down: it may be a password in the wrong field.</param>
    /// <param name="what">Stable, e.g. "sign-in".</param>
    /// <param name="address">From where.</param>
    /// <param name="summary">For a person, e.g. "Signed in with a passkey".</param>
    public void Add(PortalDb db, PortalUser? user, string what, string? address, string summary, ActivityResult result = ActivityResult.Done)
    {
        ArgumentNullException.ThrowIfNull(db);
        var actor = new Actor(user?.Id ?? Guid.Empty, user?.UserName ?? "Unknown account", user?.Staff ?? StaffRole.None, []) { Address = address };
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, what, summary, user?.Id, result));
    }
}

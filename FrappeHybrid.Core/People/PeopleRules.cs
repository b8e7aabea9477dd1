using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.People;

/// <summary>What the operator's acts on accounts check alike.</summary>
internal static class PeopleRules
{
    /// <summary>The portal always has an operator.</summary>
    public static readonly Error LastOperator = new("last-operator", "This is the portal's last operator.", "Make somebody else an operator first.");

    /// <summary>The reason as it is recorded.</summary>
    public static Result<string> CheckReason(string? reason)
    {
        reason = (reason ?? "").Trim();
        return reason.Length is < 5 or > 500 || reason.Any(char.IsControl) ? new Error("reason-invalid", "A reason has 5 to 500 characters, in one line.", "It stays in the record.") : reason;
    }

    /// <summary>Whether nobody would run the portal without this one.</summary>
    public static async Task<bool> IsLastOperatorAsync(PortalDb db, PortalUser user, CancellationToken cancel) =>
        user.Staff is StaffRole.Operator && !await db.Users.AnyAsync(other => other.Id != user.Id && other.Staff == StaffRole.Operator && other.DisabledAt == null, cancel);

    /// <summary>Ends what a person of support has asked for or is let into, in what the caller is about to save.</summary>
    public static async Task EndSupportAsync(PortalDb db, Guid userId, string by, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var access in await db.SupportAccesses.Where(each => each.UserId == userId && (each.State == SupportAccessState.Asked || (each.State == SupportAccessState.Granted && each.Until > now))).ToListAsync(cancel))
            access.Become(SupportAccessState.Ended, by, now);
    }
}

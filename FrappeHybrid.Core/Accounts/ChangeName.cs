using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>A signed-in user says how he is called.</summary>
public sealed class ChangeName(IDbContextFactory<PortalDb> databases, SignInRecord record)
{
    /// <summary>An empty name takes it away; then the address stands in its place.</summary>
    public async Task<Result> RunAsync(Guid userId, string? name, string? address, CancellationToken cancel)
    {
        name = (name ?? "").Trim();
        if (name.Length > PortalUser.LongestName || name.Any(char.IsControl))
            return new Error("name-invalid", $"A name has at most {PortalUser.LongestName} characters.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Users.SingleOrDefaultAsync(user => user.Id == userId, cancel) is not { } user)
            return Error.NotFound;
        user.Name = name.Length == 0 ? null : name;
        record.Add(db, user, "change-name", address, "Changed the name");
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}

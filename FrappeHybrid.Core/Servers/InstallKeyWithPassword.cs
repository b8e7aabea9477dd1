using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Puts the portal's public key onto the server with a password that is used this once and stored nowhere.</summary>
public sealed class InstallKeyWithPassword(IDbContextFactory<PortalDb> databases, IHostShell shell, HostTargets targets, TimeProvider time)
{
    /// <summary>Done, or the exact reason why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, string password, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (string.IsNullOrEmpty(password) || password.Length > 1024 || password.Any(char.IsControl))
            return new Error("password-invalid", "This cannot be a password.", "Type the user's password: one line, at most 1024 characters.");
        var target = targets.Of(server);
        if (!target.IsDone)
            return target.Error;

        var installed = await shell.InstallKeyAsync(target.Value, server.SshPublicKey, password, cancel);
        db.Activity.Add(ActivityEntry.Of(
            time,
            actor,
            server.Place,
            "install-key",
            installed.IsDone ? $"Put the portal's key onto {server.Name} with a password" : $"Tried to put the portal's key onto {server.Name} with a password: {installed.Error.Code}"));
        await db.SaveChangesAsync(cancel);
        return installed;
    }
}

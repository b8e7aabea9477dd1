using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Pins the host key whose fingerprint the owner has seen and confirmed. Asks the server again, so that what is pinned is what was shown.</summary>
public sealed class ConfirmHostKey(IDbContextFactory<PortalDb> databases, HostKeyScanner scanner, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, string fingerprint, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (server.Address.Length == 0)
            return ScanHostKey.NoAddress;
        if (server.State is ServerState.Installing or ServerState.Archived)
            return new Error("server-busy", "The server is being set up, or was taken out: its host key cannot be changed now.", "Wait until the set-up has ended.");
        var scanned = await scanner.ScanAsync(server.Address, server.SshPort, cancel);
        if (!scanned.IsDone)
            return scanned.Error;

        var key = scanned.Value.FirstOrDefault(each => string.Equals(each.Fingerprint, fingerprint, StringComparison.Ordinal));
        if (key is null)
            return new Error(
                "host-key-differs",
                "The server shows another host key now than the one you were shown.",
                "Nothing was confirmed. Look at the fingerprint again; if it changes each time, somebody may be between you and the server.");

        var changed = server.HostKey is not null && !string.Equals(server.HostKey, key.Line, StringComparison.Ordinal);
        server.HostKey = key.Line;
        server.HostKeyFingerprint = key.Fingerprint;
        if (changed)
            server.KeyAccepted = false;
        db.Activity.Add(ActivityEntry.Of(
            time,
            actor,
            server.Place,
            changed ? "replace-host-key" : "confirm-host-key",
            $"Confirmed {(changed ? "another" : "the")} host key of {server.Name}: {key.Fingerprint}"));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}

using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Asks the server for its host key. Written to the activity log although nothing changes: the portal knocked at a machine in the actor's name.</summary>
public sealed class ScanHostKey(IDbContextFactory<PortalDb> databases, HostKeyScanner scanner, TimeProvider time)
{
    internal static readonly Error NoAddress = new("address-missing", "The server has no address yet.", "Give its name or IP address first.");

    /// <summary>The key, or the exact reason why there is none.</summary>
    public async Task<Result<HostKeyScan>> RunAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (server.Address.Length == 0)
            return NoAddress;

        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "scan-host-key", $"Asked {server.Address}, port {server.SshPort}, for its host key"));
        await db.SaveChangesAsync(cancel);
        var keys = await scanner.ScanAsync(server.Address, server.SshPort, cancel);
        return keys.IsDone ? Compare(server, keys.Value) : keys.Error;
    }

    /// <summary>Compares with the confirmed key: it is still known when the server shows it among others.</summary>
    internal static HostKeyScan Compare(Server server, IReadOnlyList<HostKey> keys)
    {
        var known = keys.FirstOrDefault(key => string.Equals(key.Line, server.HostKey, StringComparison.Ordinal));
        var shown = known ?? keys[0];
        return new HostKeyScan(shown.Type, shown.Fingerprint, known is not null, known is null && server.HostKey is not null);
    }
}

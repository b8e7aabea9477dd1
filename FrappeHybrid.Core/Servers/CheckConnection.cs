using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Signs in with the portal's key and becomes root: what the set-up will do, without doing anything.</summary>
public sealed class CheckConnection(IDbContextFactory<PortalDb> databases, IHostShell shell, HostTargets targets, ProvisioningOptions options, TimeProvider time)
{
    // Any disk that programs write to on their way. Reads only.
    private const string FullDisks = "df -Pk / /var /tmp /home | awk \"NR > 1 && \\$4 < 1024 { print \\$6 }\" | sort -u";

    /// <summary>Done, or the exact reason why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        var target = targets.Of(server);
        if (!target.IsDone)
            return target.Error;

        var error = await TryAsync(target.Value, cancel);
        server.KeyAccepted = error is null;
        db.Activity.Add(ActivityEntry.Of(
            time,
            actor,
            server.Place,
            "check-connection",
            error is null ? $"Connected to {server.Name} as {server.SshUser}" : $"Could not connect to {server.Name} as {server.SshUser}: {error.Code}"));
        await db.SaveChangesAsync(cancel);
        return error is null ? Result.Done : error;
    }

    private async Task<Error?> TryAsync(HostTarget target, CancellationToken cancel)
    {
        var connected = await shell.ConnectAsync(target, cancel);
        if (!connected.IsDone)
            return connected.Error;
        await using var session = connected.Value;
        if (await session.CheckRootAsync(cancel) is { } denied)
            return denied;
        var disks = await session.RunAsync(new HostCommand(FullDisks) { Timeout = options.ConnectTimeout * 2 }, cancel);
        if (disks.ConnectionError is not null)
            return disks.ConnectionError;
        return string.IsNullOrWhiteSpace(disks.Output) ? null : SshVerdict.DiskFull(CleanText.OfBlock($"Full: {disks.Output}", 500));
    }
}

using System.Globalization;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Stores how a server is reached. Another address or port is another machine until its host key has been confirmed again.</summary>
public sealed class UpdateServerConnection(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    internal static readonly Error NameTaken = new("server-name-taken", "The team has a server of this name.", "Choose another name.");

    /// <summary>Done, or what is wrong with a value.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, ServerConnection connection, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (server.State is ServerState.Installing or ServerState.Archived)
            return new Error("server-busy", "The server is being set up, or was taken out: its connection cannot be changed now.", "Wait until the set-up has ended.");
        var valid = ServerConnectionRules.Check(connection);
        if (!valid.IsDone)
            return valid.Error;
        var wanted = valid.Value;
        if (await IsNameTakenAsync(db, server.TeamId, wanted.Name, server.Id, cancel))
            return NameTaken;

        if (!string.Equals(server.Address, wanted.Address, StringComparison.Ordinal) || server.SshPort != wanted.SshPort)
        {
            server.HostKey = null;
            server.HostKeyFingerprint = null;
            server.KeyAccepted = false;
            await ForgetPreflightAsync(db, server.Id, cancel);
        }
        else if (!string.Equals(server.SshUser, wanted.SshUser, StringComparison.Ordinal))
        {
            server.KeyAccepted = false;
            await ForgetPreflightAsync(db, server.Id, cancel);
        }

        var before = Describe(server);
        server.Name = wanted.Name;
        server.Address = wanted.Address;
        server.SshPort = wanted.SshPort;
        server.SshUser = wanted.SshUser;
        server.Domain = wanted.Domain;
        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "update-server-connection", $"Set the connection of {server.Name}: {server.SshUser}@{server.Address}, port {server.SshPort}", before: before, after: Describe(server)));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    internal static Task<bool> IsNameTakenAsync(PortalDb db, Guid teamId, string name, Guid? except, CancellationToken cancel) =>
        db.Servers.AnyAsync(server => server.TeamId == teamId && server.Name == name && server.Id != except && server.State != ServerState.Archived, cancel);

    private static string Describe(Server server) => string.Create(CultureInfo.InvariantCulture, $"{server.Name}: {server.SshUser}@{server.Address}, port {server.SshPort}, domain {server.Domain}");

    // What was found on one machine says nothing about another.
    private static async Task ForgetPreflightAsync(PortalDb db, Guid serverId, CancellationToken cancel)
    {
        if (await db.PreflightReports.SingleOrDefaultAsync(report => report.Id == serverId, cancel) is { } report)
            db.PreflightReports.Remove(report);
    }
}

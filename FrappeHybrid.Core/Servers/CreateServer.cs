using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Begins the wizard: a draft with a fresh key pair of its own, so that no key opens two servers.</summary>
public sealed class CreateServer(IDbContextFactory<PortalDb> databases, SshKeys keys, SecretVault vault, TimeProvider time)
{
    /// <summary>The new draft's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid teamId, string name, CancellationToken cancel)
    {
        if (actor.Refuse(Capability.ManageServers, new Place(teamId)) is { } refused)
            return refused;
        var checkedName = ServerConnectionRules.CheckName(name);
        if (!checkedName.IsDone)
            return checkedName.Error;

        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Teams.AnyAsync(team => team.Id == teamId && team.ArchivedAt == null, cancel))
            return Error.NotFound;
        if (await UpdateServerConnection.IsNameTakenAsync(db, teamId, checkedName.Value, null, cancel))
            return UpdateServerConnection.NameTaken;

        var pair = await keys.MakeAsync(cancel);
        var server = new Server
        {
            Id = NewId.At(time),
            TeamId = teamId,
            Name = checkedName.Value,
            CreatedAt = time.GetUtcNow(),
            SshPublicKey = pair.PublicKey,
            SshPrivateKeyProtected = vault.Protect(SshKeys.VaultPurpose, pair.PrivateKey),
        };
        db.Servers.Add(server);
        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "create-server", $"Began to add the server {server.Name}"));
        await db.SaveChangesAsync(cancel);
        return server.Id;
    }
}

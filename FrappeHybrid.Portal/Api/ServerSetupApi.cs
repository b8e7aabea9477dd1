using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Portal.Api;

/// <summary>The wizard's steps, as a program goes through them.</summary>
internal static class ServerSetupApi
{
    public static void MapServerSetup(this RouteGroupBuilder api)
    {
        var setup = api.Resource("Setting up a server");
        setup.MapPut("/servers/{id:guid}/connection", async (Guid id, ConnectionBody body, Caller caller, UpdateServerConnection act, CancellationToken cancel) =>
                Answers.Done(await act.RunAsync(caller.Actor, id, new ServerConnection(body.Name, body.Address, body.SshPort, body.SshUser, body.Domain), cancel)))
            .Asks(Capability.ManageServers, "Set the connection", "Another address or port takes back the confirmed host key.").GivesNothing();
        setup.MapPost("/servers/{id:guid}/host-key/scan", async (Guid id, Caller caller, ScanHostKey act, CancellationToken cancel) => Answers.Value(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageServers, "Look at the host key", "Asks the server which key it shows. Compare the fingerprint with the server's own console before you confirm it.").Gives<HostKeyScan>().Refuses().AsksServer();
        setup.MapPost("/servers/{id:guid}/host-key/confirm", async (Guid id, HostKeyBody body, Caller caller, ConfirmHostKey act, CancellationToken cancel) =>
                Answers.Done(await act.RunAsync(caller.Actor, id, body.Fingerprint, cancel)))
            .Asks(Capability.ManageServers, "Confirm the host key").GivesNothing().AsksServer();
        setup.MapPost("/servers/{id:guid}/key/install", async (Guid id, ServerPasswordBody body, Caller caller, InstallKeyWithPassword act, CancellationToken cancel) =>
                Answers.Done(await act.RunAsync(caller.Actor, id, body.Password, cancel)))
            .Asks(Capability.ManageServers, "Put the portal's key onto the server", "With a password that is used this once. Without it: write the server's sshPublicKey into authorized_keys yourself.").GivesNothing().AsksServer();
        setup.MapPost("/servers/{id:guid}/connection/check", async (Guid id, Caller caller, CheckConnection act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageServers, "Check the connection", "Signs in with the portal's key and becomes root, and does nothing else.").GivesNothing().AsksServer();
        setup.MapPost("/servers/{id:guid}/preflight", async (Guid id, PreflightBody body, Caller caller, RunPreflight act, CancellationToken cancel) =>
                await act.RunAsync(caller.Actor, id, body.Check, cancel) is { Error: { } error } ? ApiErrors.Of(error) : Results.Accepted($"{ApiPaths.Root}/servers/{id}/preflight"))
            .Asks(Capability.ManageServers, "Run the pre-flight", "Reads only. Its result is at the address in Location.").Produces(202).Refuses();
        setup.MapGet("/servers/{id:guid}/preflight", async (Guid id, Caller caller, ServerQueries queries, CancellationToken cancel) =>
                Answers.Found(await queries.PreflightAsync(caller.Actor, id, cancel) is { } report ? PreflightModel.Of(report) : null))
            .Asks(Capability.View, "Get the last pre-flight").Gives<PreflightModel>();
        setup.MapPost("/servers/{id:guid}/set-up", async (Guid id, Caller caller, SetUpServer act, Answers answers, CancellationToken cancel) =>
                await answers.PlayAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageServers, "Set up the server", "Installs Docker, MariaDB, nginx and the Agent.").GivesRun();
    }
}

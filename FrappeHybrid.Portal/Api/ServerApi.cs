using System.ComponentModel;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Pages;

namespace FrappeHybrid.Portal.Api;

/// <summary>Servers: what there is.</summary>
internal static class ServerApi
{
    public static void MapServers(this RouteGroupBuilder api)
    {
        var servers = api.Resource("Servers");
        servers.MapGet("/servers", async (
                HttpContext context,
                Caller caller,
                [AsParameters] Paging paging,
                [Description("Only of this team.")] Guid? team,
                [Description("Only in this state: draft, installing, active, broken, unreachable or maintenance.")] Choice<ServerState>? state,
                [Description("Only those with each of these words in name or address.")] string? find,
                ServerQueries queries,
                CancellationToken cancel) => paging.Of(
                    context,
                    (await queries.ListAsync(caller.Actor, cancel)).Where(server =>
                        (team is null || server.TeamId == team) && (state is null || server.State == state.Value.Value) && ListFilter.Matches(find, server.Name, server.Address)),
                    server => (server.Name, server.Id),
                    ServerModel.Of))
            .Asks(Capability.View, "List servers", "Drafts included, archived ones not; by name.").Gives<ApiList<ServerModel>>();
        servers.MapGet("/servers/{id:guid}", async (Guid id, Caller caller, ServerQueries queries, CancellationToken cancel) =>
                Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } server ? ServerModel.Of(server) : null))
            .Asks(Capability.View, "Get a server").Gives<ServerModel>();
        servers.MapPost("/servers", async (NewServerBody body, HttpContext context, Caller caller, CreateServer act, ServerQueries queries, CancellationToken cancel) =>
            {
                var made = await act.RunAsync(caller.Actor, body.TeamId, body.Name, cancel);
                if (!made.IsDone)
                    return ApiErrors.Of(made.Error);
                context.Response.Headers.Location = $"{ApiPaths.Root}/servers/{made.Value}";
                return Results.Json(await queries.FindAsync(caller.Actor, made.Value, cancel) is { } server ? ServerModel.Of(server) : null, ApiJson.Output, statusCode: StatusCodes.Status201Created);
            })
            .Asks(Capability.ManageServers, "Begin to add a server", "Makes a draft with a key pair of its own. Then: connection, host key, the key on the server, pre-flight, set-up.").Gives<ServerModel>(201).Refuses();
        servers.MapDelete("/servers/{id:guid}", async (Guid id, Caller caller, RemoveServerDraft act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageServers, "Remove a draft", "Only a server that was never set up; any other is taken out.").GivesNothing();
        servers.MapGet("/servers/{id:guid}/last-play", async (Guid id, Caller caller, PlayQueries plays, CancellationToken cancel) =>
                Answers.Found(await plays.LastOfServerAsync(caller.Actor, id, cancel) is { } play ? RunModel.Of(play) : null))
            .Asks(Capability.View, "Get a server's newest play").Gives<RunModel>();
    }
}

using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Updates;

namespace FrappeHybrid.Portal.Api;

/// <summary>A bench's limits, workers and variables, and updates of all its sites.</summary>
internal static class BenchSettingsApi
{
    private static readonly Error TargetInvalid = new("update-target-invalid", "An update needs either targetBenchId, or releaseId with benchName.", "Look at the offer for what there is.");

    public static void MapBenchSettings(this RouteGroupBuilder api)
    {
        var settings = api.Resource("Settings of benches");
        settings.MapPut("/benches/{id:guid}/limits", async (Guid id, LimitsBody body, Caller caller, ChangeBenchLimits act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.ToLimits(), cancel), cancel))
            .Asks(Capability.ManageBenches, "Set memory and processors").GivesRun();
        settings.MapPut("/benches/{id:guid}/workers", async (Guid id, WorkersBody body, Caller caller, ChangeBenchWorkers act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.ToWorkers(), cancel), cancel))
            .Asks(Capability.ManageBenches, "Set the number of processes").GivesRun();
        settings.MapGet("/benches/{id:guid}/environment", async (Guid id, Caller caller, BenchStatus status, CancellationToken cancel) => Answers.Value(await status.EnvironmentAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "List environment variables", "Those that somebody has set; values of secret ones stay on the server.").Gives<IReadOnlyList<BenchVariable>>().AsksServer();
        settings.MapPut("/benches/{id:guid}/environment/{name}", async (Guid id, string name, VariableBody body, Caller caller, ChangeBenchEnvironment act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, name, body.Value, cancel), cancel))
            .Asks(Capability.ManageBenches, "Set an environment variable", "Its containers are made anew.").GivesRun();
        settings.MapDelete("/benches/{id:guid}/environment/{name}", async (Guid id, string name, Caller caller, ChangeBenchEnvironment act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, name, null, cancel), cancel))
            .Asks(Capability.ManageBenches, "Remove an environment variable").GivesRun();
    }

    public static void MapBenchUpdates(this RouteGroupBuilder api)
    {
        var updates = api.Resource("Updates of all sites of a bench");
        updates.MapGet("/benches/{id:guid}/updates/offer", async (Guid id, Caller caller, UpdateQueries queries, CancellationToken cancel) => Answers.Found(await queries.ForBenchAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Get what the sites could be updated to").Gives<UpdateOffer>();
        updates.MapGet("/benches/{id:guid}/updates/last", async (Guid id, Caller caller, BenchUpdateQueries queries, CancellationToken cancel) => Answers.Found(await queries.LastAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Get the bench's last update").Gives<BenchUpdateView>();
        updates.MapPost("/benches/{id:guid}/updates", async (
                Guid id, BenchUpdateBody body, Caller caller, UpdateBenchSites act, UpdateBenchSitesToRelease toRelease, BenchUpdateQueries queries, CancellationToken cancel) =>
            {
                var begun = body switch
                {
                    { TargetBenchId: { } target, ReleaseId: null, BenchName: null } => await act.RunAsync(caller.Actor, id, target, body.SkipFailingPatches, cancel),
                    { TargetBenchId: null, ReleaseId: { } release, BenchName: { } name } => await toRelease.RunAsync(caller.Actor, id, release, name, body.SkipFailingPatches, cancel),
                    _ => TargetInvalid,
                };
                return begun.IsDone
                    ? Results.Json(await queries.LastAsync(caller.Actor, id, cancel), ApiJson.Output, statusCode: StatusCodes.Status202Accepted)
                    : ApiErrors.Of(begun.Error);
            })
            .Asks(Capability.ManageSites, "Update all sites", "One after the other; each is backed up before, and taken back when it fails.").Gives<BenchUpdateView>(202).Refuses();
        updates.MapPost("/bench-updates/{id:guid}/pause", async (Guid id, Caller caller, PauseBenchUpdate act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageSites, "Pause an update", "After the site at which it is.").GivesNothing();
        updates.MapPost("/bench-updates/{id:guid}/resume", async (Guid id, Caller caller, ResumeBenchUpdate act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageSites, "Resume an update").GivesNothing();
        updates.MapPost("/bench-updates/{id:guid}/cancel", async (Guid id, Caller caller, CancelBenchUpdate act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageSites, "Cancel an update", "Sites that are through stay as they are.").GivesNothing();
    }
}

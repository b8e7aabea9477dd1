using System.ComponentModel;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Pages;

namespace FrappeHybrid.Portal.Api;

/// <summary>Jobs and plays: what runs, what it said, cancel and try again.</summary>
internal static class RunApi
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.Resource("Jobs");
        jobs.MapGet("/jobs", ListAsync)
            .Asks(Capability.View, "List jobs", "The newest first.").Gives<ApiList<RunModel>>();
        jobs.MapGet("/jobs/{id:guid}", async (Guid id, Caller caller, JobQueries queries, CancellationToken cancel) => Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } job ? RunModel.Of(job) : null))
            .Asks(Capability.View, "Get a job", "With its steps, and with the error when it failed. Ask again every few seconds until hasEnded is true.").Gives<RunModel>();
        jobs.MapGet("/jobs/{id:guid}/steps/{key}/output", async (
                Guid id, string key, [Description("The \"next\" of the last answer.")] long? after, Caller caller, JobQueries queries, RunOutputs outputs, CancellationToken cancel) =>
                await OutputAsync(await queries.FindAsync(caller.Actor, id, cancel), key, after, outputs, cancel))
            .Asks(Capability.View, "Get what a step of a job has said").Gives<OutputModel>();
        jobs.MapGet("/jobs/{id:guid}/support-bundle", BundleAsync)
            .Asks(Capability.View, "Download the support bundle of a job that has ended", "A zip with its steps, output and error; with what the services and the Agent said, for whoever may read logs there.")
            .Produces<Stream>(200, "application/zip").Refuses();
        jobs.MapPost("/jobs/{id:guid}/cancel", async (Guid id, Caller caller, CancelJob act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Cancel a job", "It ends when the server has stopped it. Asks for the right to work on what the job is about: ManageSites, ManageBenches or ManageServers.").GivesNothing();
        jobs.MapPost("/jobs/{id:guid}/retry", async (Guid id, Caller caller, RetryJob act, Answers answers, CancellationToken cancel) => await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.View, "Try a job again", "Answers with the new job. Asks for the right to work on what the job is about: ManageSites, ManageBenches or ManageServers.").GivesRun();
    }

    public static void MapPlays(this RouteGroupBuilder api)
    {
        var plays = api.Resource("Plays");
        plays.MapGet("/plays/{id:guid}", async (Guid id, Caller caller, PlayQueries queries, CancellationToken cancel) => Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } play ? RunModel.Of(play) : null))
            .Asks(Capability.View, "Get a play", "Work over SSH: set-up, reboot, upgrade of the Agent, taking out.").Gives<RunModel>();
        plays.MapGet("/plays/{id:guid}/steps/{key}/output", async (
                Guid id, string key, [Description("The \"next\" of the last answer.")] long? after, Caller caller, PlayQueries queries, RunOutputs outputs, CancellationToken cancel) =>
                await OutputAsync(await queries.FindAsync(caller.Actor, id, cancel), key, after, outputs, cancel))
            .Asks(Capability.View, "Get what a step of a play has said").Gives<OutputModel>();
        plays.MapPost("/plays/{id:guid}/retry", async (Guid id, Caller caller, RetryPlay act, Answers answers, CancellationToken cancel) =>
                await answers.PlayAsync(caller, await act.RunAsync(caller.Actor, id, cancel) is { Error: { } error } ? error : id, cancel))
            .Asks(Capability.ManageServers, "Take a failed play up again", "At the step that failed.").GivesRun();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        [AsParameters] Paging paging,
        [Description("Only of this server.")] Guid? server,
        [Description("Only of this bench.")] Guid? bench,
        [Description("Only of this site.")] Guid? site,
        [Description("Only in this state: undelivered, pending, running, success, failure, cancelled or deliveryFailure.")] Choice<RunState>? state,
        JobQueries queries,
        CancellationToken cancel)
    {
        var count = paging.Count();
        if ((paging.ReadCursor(out var after) ?? count.Error) is { } invalid)
            return ApiErrors.Of(invalid);
        (DateTimeOffset, Guid)? last = null;
        if (after is { } end)
        {
            if (Paging.TimeOf(end.Key) is not { } at)
                return ApiErrors.Of(Paging.CursorInvalid);
            last = (at, end.Id);
        }

        var rows = await queries.PageAsync(caller.Actor, server, bench, site, state is null ? [] : [state.Value.Value], last, count.Value + 1, cancel);
        List<RunView> page = [.. rows.Take(count.Value)];
        return Paging.Answer(context, [.. page.Select(RunModel.Of)], rows.Count > page.Count ? (Paging.NewestFirst(page[^1].CreatedAt), page[^1].Id) : null);
    }

    private static async Task<IResult> BundleAsync(Guid id, Caller caller, SupportBundle bundle, CancellationToken cancel)
    {
        var made = await SupportBundleEndpoint.MakeAsync(caller.Actor, id, bundle, cancel);
        return made.IsDone ? made.Value : ApiErrors.Of(made.Error);
    }

    private static async Task<IResult> OutputAsync(RunView? run, string key, long? after, RunOutputs outputs, CancellationToken cancel)
    {
        if (run is null || run.Steps.All(step => step.Key != key))
            return ApiErrors.Of(Error.NotFound);
        var pieces = await outputs.AfterAsync(run.Id, key, after ?? 0, cancel);
        return Results.Json(new OutputModel(string.Concat(pieces.Select(piece => piece.Text)), pieces is [.., var last] ? last.Id : after ?? 0), ApiJson.Output);
    }
}

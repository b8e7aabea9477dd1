using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Portal.Api;

/// <summary>Makes answers out of what acts and queries return.</summary>
internal sealed class Answers(JobQueries jobs, PlayQueries plays, SiteQueries sites, BenchQueries benches)
{
    /// <summary>200 with the thing, or 404.</summary>
    public static IResult Found<T>(T? thing)
        where T : class => thing is null ? ApiErrors.Of(Error.NotFound) : Results.Json(thing, ApiJson.Output);

    /// <summary>200 with the value, or why not.</summary>
    public static IResult Value<T>(Result<T> result) => Value(result, value => value);

    /// <summary>200 with what is shown of the value, or why not.</summary>
    public static IResult Value<T, TModel>(Result<T> result, Func<T, TModel> map) => result.IsDone ? Results.Json(map(result.Value), ApiJson.Output) : ApiErrors.Of(result.Error);

    /// <summary>204, or why not.</summary>
    public static IResult Done(Result result) => result.IsDone ? Results.NoContent() : ApiErrors.Of(result.Error);

    /// <summary>202 with the job of that id.</summary>
    public async Task<IResult> JobAsync(Caller caller, Result<Guid> ordered, CancellationToken cancel) =>
        ordered.IsDone ? Accepted(await jobs.FindAsync(caller.Actor, ordered.Value, cancel), ApiPaths.Job(ordered.Value)) : ApiErrors.Of(ordered.Error);

    /// <summary>202 with the play of that id.</summary>
    public async Task<IResult> PlayAsync(Caller caller, Result<Guid> ordered, CancellationToken cancel) =>
        ordered.IsDone ? Accepted(await plays.FindAsync(caller.Actor, ordered.Value, cancel), ApiPaths.Play(ordered.Value)) : ApiErrors.Of(ordered.Error);

    /// <summary>202 with the job that makes the new site.</summary>
    public async Task<IResult> NewSiteAsync(Caller caller, Result<Guid> made, CancellationToken cancel) => made.IsDone
        ? await JobAsync(caller, (await sites.FindAsync(caller.Actor, made.Value, cancel))?.LastJobId is { } job ? job : Error.NotFound, cancel)
        : ApiErrors.Of(made.Error);

    /// <summary>202 with the job that makes the new bench.</summary>
    public async Task<IResult> NewBenchAsync(Caller caller, Result<Guid> made, CancellationToken cancel) => made.IsDone
        ? await JobAsync(caller, (await benches.FindAsync(caller.Actor, made.Value, cancel))?.LastJobId is { } job ? job : Error.NotFound, cancel)
        : ApiErrors.Of(made.Error);

    private static IResult Accepted(RunView? run, string location) => run is null ? ApiErrors.Of(Error.NotFound) : new AcceptedRun(RunModel.Of(run), location);

    private sealed record AcceptedRun(RunModel Run, string Location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = Location;
            return Results.Json(Run, ApiJson.Output, statusCode: StatusCodes.Status202Accepted).ExecuteAsync(httpContext);
        }
    }
}

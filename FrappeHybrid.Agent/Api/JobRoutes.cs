using System.Globalization;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/jobs`, `/jobs/{id}`, `/jobs/{id}/cancel`.</summary>
internal sealed class JobRoutes(JobStore store, JobEngine engine) : IRoutes
{
    private const int UsualLimit = 50;
    private const int MostJobs = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AgentRoutes.Jobs, (RequestDelegate)ListAsync);
        routes.MapGet(AgentRoutes.Job, (RequestDelegate)ReadAsync);
        routes.MapPost(AgentRoutes.CancelJob, (RequestDelegate)CancelAsync);
        routes.MapPost(AgentRoutes.VoidJob, (RequestDelegate)VoidAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        JobState? state = null;
        if ((string?)context.Request.Query["state"] is { Length: > 0 } wanted)
        {
            // By name only: Enum.TryParse would take "7" and "Pending,Running" too.
            state = Array.Find(Enum.GetValues<JobState>().Cast<JobState?>().ToArray(), each => each.ToString() == wanted)
                ?? throw ApiException.Invalid("invalid-request", $"state is one of {string.Join(", ", Enum.GetNames<JobState>())}.");
        }

        var limit = UsualLimit;
        if ((string?)context.Request.Query["limit"] is { Length: > 0 } number
            && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostJobs))
        {
            throw ApiException.Invalid("invalid-request", $"limit is a number from 1 to {MostJobs}.");
        }

        await ApiMessages.AnswerAsync(context, store.List(state, limit), AgentJson.Default.IReadOnlyListJobSnapshot);
    }

    private async Task ReadAsync(HttpContext context) =>
        await ApiMessages.AnswerAsync(context, store.Find(Id(context)) ?? throw Unknown(), AgentJson.Default.JobSnapshot);

    private async Task CancelAsync(HttpContext context)
    {
        var (job, stillToEnd) = engine.Cancel(Id(context)) ?? throw Unknown();
        await ApiMessages.AnswerAsync(context, job, AgentJson.Default.JobSnapshot, stillToEnd ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private async Task VoidAsync(HttpContext context)
    {
        if (engine.Void(Id(context)) is var (job, stillToEnd))
            await ApiMessages.AnswerAsync(context, job, AgentJson.Default.JobSnapshot, stillToEnd ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Guid Id(HttpContext context) => Guid.TryParseExact((string?)context.Request.RouteValues["id"], "D", out var id) ? id : throw Unknown();

    private static ApiException Unknown() => ApiException.NotFound("There is no such job on this server.");
}

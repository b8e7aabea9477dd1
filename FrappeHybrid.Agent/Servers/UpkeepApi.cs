using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Servers;

/// <summary>`/server/disk` and `/server/clean-up`.</summary>
internal sealed class UpkeepApi(DiskMeter disk, CleanUpPlanner planner, JobIntake intake) : IRoutes
{
    private const int MostDays = 3650;

    /// <summary>Dropped sites can be brought back for seven days.</summary>
    private const int FewestArchivedDays = 8;

    private const int DigestLength = 64;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(UpkeepRoutes.Disk, (RequestDelegate)(context =>
            ApiMessages.AnswerAsync(context, disk.Read(context.Request.Query["refresh"] == "true"), UpkeepJson.Default.DiskUse)));
        routes.MapGet(UpkeepRoutes.CleanUp, (RequestDelegate)(async context =>
        {
            var archived = ReadDays(context, "archivedDays", FewestArchivedDays);
            var jobs = ReadDays(context, "jobDays", 1) ?? throw JobIntake.Missing("jobDays");
            await ApiMessages.AnswerAsync(context, await planner.MakeAsync(archived, jobs, context.RequestAborted), UpkeepJson.Default.CleanUpPlan);
        }));
        routes.MapPost(UpkeepRoutes.CleanUp, (RequestDelegate)CleanUpAsync);
    }

    private async Task CleanUpAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), UpkeepJson.Default.CleanUpRequest);
        if (request.Digest is not { Length: DigestLength })
            throw JobIntake.Missing("the digest of a plan");
        CheckDays(request.ArchivedDays, FewestArchivedDays);
        CheckDays(request.JobDays, 1);
        await intake.SubmitAsync(context, key, ServerJobTypes.CleanUp, JsonSerializer.Serialize(request, UpkeepJson.Default.CleanUpRequest), secret: null);
    }

    private static int? ReadDays(HttpContext context, string name, int fewest)
    {
        if (context.Request.Query[name] is not [{ } text])
            return null;
        var days = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        CheckDays(days, fewest);
        return days;
    }

    private static void CheckDays(int? days, int fewest)
    {
        if (days < fewest || days > MostDays)
            throw ApiException.Invalid("invalid-request", $"Days are a number from {fewest} to {MostDays}.");
    }
}

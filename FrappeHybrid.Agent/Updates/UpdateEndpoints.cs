using System.Text.Json;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Orders updates, migrations and recoveries.</summary>
internal sealed class UpdateEndpoints(JobIntake intake) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(UpdateRoutes.Migrate, (RequestDelegate)MigrateAsync);
        routes.MapPost(UpdateRoutes.Update, (RequestDelegate)UpdateAsync);
        routes.MapPost(UpdateRoutes.Recover, (RequestDelegate)RecoverAsync);
    }

    private async Task MigrateAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), UpdateJson.Default.MigrateSiteRequest);
        await SubmitAsync(context, key, UpdateJobTypes.MigrateSite, new StoredUpdateRequest(ApiMessages.Bench(context), ApiMessages.Site(context), TargetBench: null, request.SkipFailingPatches));
    }

    private async Task UpdateAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), UpdateJson.Default.UpdateSiteRequest);
        var bench = ApiMessages.Bench(context);
        if (request.TargetBench is null)
            throw JobIntake.Missing("targetBench");

        if (request.TargetBench == bench)
            throw ApiException.Invalid("invalid-request", "The target is the site's own bench.", "Choose another bench, or migrate the site.");

        await SubmitAsync(context, key, UpdateJobTypes.UpdateSite, new StoredUpdateRequest(bench, ApiMessages.Site(context), request.TargetBench, request.SkipFailingPatches));
    }

    private Task RecoverAsync(HttpContext context) => SubmitAsync(
        context, JobIntake.Key(context), UpdateJobTypes.RecoverSite, new StoredUpdateRequest(ApiMessages.Bench(context), ApiMessages.Site(context), TargetBench: null, SkipFailingPatches: false));

    private Task SubmitAsync(HttpContext context, Guid key, JobType type, StoredUpdateRequest request) =>
        intake.SubmitAsync(context, key, type, JsonSerializer.Serialize(request, StoredUpdateJson.Default.StoredUpdateRequest), secret: null);
}

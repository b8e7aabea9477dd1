using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Api;

/// <summary>Everyday work on a bench: each call becomes a job.</summary>
internal sealed class BenchWorkRoutes(BenchCatalog catalog, BenchDoctor doctor, JobIntake intake) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(BenchPaths.Restart, (RequestDelegate)RestartAsync);
        routes.MapPost(BenchPaths.Limits, (RequestDelegate)LimitsAsync);
        routes.MapPost(BenchPaths.Workers, (RequestDelegate)WorkersAsync);
        routes.MapGet(BenchPaths.Environment, (RequestDelegate)ReadEnvironmentAsync);
        routes.MapPost(BenchPaths.Environment, (RequestDelegate)EnvironmentAsync);
        routes.MapGet(BenchPaths.Doctor, (RequestDelegate)DoctorAsync);
        routes.MapPost(BenchPaths.Archive, (RequestDelegate)ArchiveAsync);
        routes.MapPost(BenchPaths.PullImage, (RequestDelegate)PullAsync);
    }

    private async Task RestartAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var bench = ApiMessages.Bench(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BenchWorkJson.Default.RestartBenchRequest);
        var stored = new StoredRestart(bench, [.. BenchServices.All.Where(service => request.Services?.Contains(service) == true)]);
        await intake.SubmitAsync(context, key, BenchJobTypes.Restart, JsonSerializer.Serialize(stored, StoredBenchJson.Default.StoredRestart), secret: null);
    }

    private async Task LimitsAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var bench = ApiMessages.Bench(context);
        var limits = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BenchWorkJson.Default.BenchLimits);
        if (!limits.AreValid())
            throw ApiException.Invalid("invalid-request", "A limit does not fit.", BenchLimits.Rule);

        await intake.SubmitAsync(context, key, BenchJobTypes.ChangeLimits, JsonSerializer.Serialize(new StoredLimits(bench, limits), StoredBenchJson.Default.StoredLimits), secret: null);
    }

    private async Task WorkersAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var bench = ApiMessages.Bench(context);
        var workers = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BenchWorkJson.Default.BenchWorkers);
        if (!workers.AreValid())
            throw ApiException.Invalid("invalid-request", "A count does not fit.", BenchWorkers.Rule);

        var stored = JsonSerializer.Serialize(new StoredWorkers(bench, workers), StoredBenchJson.Default.StoredWorkers);
        await intake.SubmitAsync(context, key, BenchJobTypes.ChangeWorkers, stored, secret: null);
    }

    private Task ReadEnvironmentAsync(HttpContext context)
    {
        var (folder, _) = ApiMessages.FindBench(context, catalog);
        return ApiMessages.AnswerAsync(context, new BenchEnvironment(folder).Show(), BenchWorkJson.Default.IReadOnlyListBenchVariable);
    }

    private async Task EnvironmentAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var bench = ApiMessages.Bench(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BenchWorkJson.Default.BenchEnvironmentRequest);
        if (request.Changes is not { Count: > 0 and <= BenchVariables.Most })
            throw JobIntake.Missing("changes");

        foreach (var (name, value) in request.Changes)
        {
            if (!BenchVariables.IsValid(name, value))
                throw ApiException.Invalid("invalid-request", "A variable does not fit.", BenchVariables.Rule);

            if (BenchVariables.IsProtected(name))
                throw ApiException.Invalid("protected-variable", $"{name} belongs to the bench itself.", "Choose another name.");
        }

        var stored = JsonSerializer.Serialize(new StoredBench(bench), StoredBenchJson.Default.StoredBench);
        await intake.SubmitAsync(context, key, BenchJobTypes.ChangeEnvironment, stored, JsonSerializer.Serialize(request, BenchWorkJson.Default.BenchEnvironmentRequest));
    }

    private async Task DoctorAsync(HttpContext context)
    {
        var (folder, record) = ApiMessages.FindBench(context, catalog);
        await ApiMessages.AnswerAsync(context, await doctor.LookAsync(folder, record, context.RequestAborted), BenchWorkJson.Default.BenchDoctorReport);
    }

    private async Task ArchiveAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var bench = ApiMessages.Bench(context);
        ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BenchWorkJson.Default.ArchiveBenchRequest);
        await intake.SubmitAsync(context, key, BenchJobTypes.Archive, JsonSerializer.Serialize(new StoredBench(bench), StoredBenchJson.Default.StoredBench), secret: null);
    }

    private async Task PullAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), BenchWorkJson.Default.PullImageRequest);
        if (request.Image is null || !SignIns.AreValid(request.SignIns))
            throw JobIntake.Missing("an image, and with each sign-in a registry, a userName and a password");

        var stored = JsonSerializer.Serialize(new StoredPull(request.Image), StoredBenchJson.Default.StoredPull);
        await intake.SubmitAsync(context, key, BenchJobTypes.PullImage, stored, SignIns.ToSecret(request.SignIns));
    }
}

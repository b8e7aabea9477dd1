using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"Change Bench Environment": variables are set or removed, and the containers that run the release are made anew with them.</summary>
internal sealed class ChangeBenchEnvironmentJob(BenchCatalog catalog, BenchRecreation recreation, BenchReady ready) : IJobWork
{
    private const string EnvironmentClaim = "environment";

    public JobType Type => BenchJobTypes.ChangeEnvironment;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.ForBench(Read(request).Bench, alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var changes = Changes(job);
        BenchOnServer? bench = null;
        BenchEnvironment? environment = null;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);

        await job.StepAsync(RecreateBenchSteps.Check, _ =>
        {
            bench = BenchOnServer.Require(catalog, Read(job.Request).Bench);
            environment = new BenchEnvironment(bench.Folder);
            variables = Merge(environment.Read(), changes);
            if (variables.Count > BenchVariables.Most)
                throw new JobFailedException(JobErrorCodes.LimitUnfit, $"A bench has {BenchVariables.Most} variables at most.", "Remove some that are not needed.");

            return Task.FromResult(StepOutcome.Done(string.Create(
                CultureInfo.InvariantCulture, $"sets {changes.Count(change => change.Value is not null)}, removes {changes.Count(change => change.Value is null)}, {variables.Count} then")));
        });

        environment!.Keep();
        job.Claim(new JobClaim(EnvironmentClaim, ""));
        await job.StepAsync(RecreateBenchSteps.Recreate, async log =>
        {
            environment.Write(variables);
            await recreation.ReplaceAsync(bench!.Folder, bench.Record, BenchContainers.WithVariables, log.Line, cancel);
            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{BenchContainers.WithVariables.Count} containers"));
        });
        await job.StepAsync(RecreateBenchSteps.WaitUntilReady, log => ready.WaitAsync(bench!.Folder, bench.Record, BenchServices.All, log, cancel));

        // The values of before are kept no longer than they are needed: there may be secrets among them.
        job.PassReturn();
        return await FinishAsync(job, cancel);
    }

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        var environment = new BenchEnvironment(catalog.Folder(Read(job.Request).Bench));
        environment.Forget();
        return Task.FromResult(JsonSerializer.SerializeToElement(new BenchEnvironmentResult(environment.Show()), BenchWorkJson.Default.BenchEnvironmentResult));
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var folder = catalog.Folder(Read(job.Request).Bench);
        if (folder.Read() is not { } record)
            return;

        if (job.Claims.All(claim => claim.Kind != EnvironmentClaim))
        {
            // Killed between keeping and claiming.
            new BenchEnvironment(folder).Forget();
            return;
        }

        using var log = job.OpenCompensationLog();
        log.Line("Putting the variables of before back");
        new BenchEnvironment(folder).PutBack();
        await recreation.ReplaceAsync(folder, record, BenchContainers.WithVariables, log.Line, cancel);
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string?> changes)
    {
        var variables = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            if (value is null)
                variables.Remove(name);
            else
                variables[name] = value;
        }

        return variables;
    }

    /// <summary>The job's secret: values of variables are nobody's business, whatever their names.</summary>
    private static IReadOnlyDictionary<string, string?> Changes(JobContext job)
    {
        var request = JsonSerializer.Deserialize(
            job.Secret ?? throw new InvalidOperationException("The file with the variables is gone."), BenchWorkJson.Default.BenchEnvironmentRequest)!;
        foreach (var (name, value) in request.Changes)
        {
            if (value is not null && BenchVariables.IsSecret(name))
                job.Redactor.Add(value);
        }

        return request.Changes;
    }

    private static StoredBench Read(string request) => JsonSerializer.Deserialize(request, StoredBenchJson.Default.StoredBench)!;
}

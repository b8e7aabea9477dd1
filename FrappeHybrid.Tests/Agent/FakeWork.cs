using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Tests.Agent;

/// <summary>A job type whose steps a test lets go on one by one.</summary>
internal sealed class FakeWork : IJobWork, IDisposable
{
    private readonly SemaphoreSlim go = new(0);

    public static JobType FakeType { get; } = new("new-bench", "Fake", [new StepDeclaration("first", "First"), new StepDeclaration("second", "Second")], TimeSpan.FromMinutes(60));

    public JobType Type => FakeType;

    /// <summary>The things that exist because jobs made them.</summary>
    public HashSet<string> Things { get; } = [];

    public List<string> Compensated { get; } = [];

    /// <summary>Thrown by the second step.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The second step begins where nothing can be undone any more.</summary>
    public bool PassesReturn { get; set; }

    /// <summary>How often a job was finished that had been ended past that point.</summary>
    public int Finished { get; private set; }

    /// <summary>How often compensation fails before it works.</summary>
    public int CompensationFailures { get; set; }

    /// <summary>The request is the list of locks: "server", "bench:a", "~bench:a" to share.</summary>
    public IReadOnlyList<JobLock> Locks(string request) =>
        [.. request.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => new JobLock(key.TrimStart('~'), !key.StartsWith('~')))];

    /// <summary>Lets one step go on.</summary>
    public void Go() => go.Release();

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        await job.StepAsync(FakeType.Steps[0], async log =>
        {
            log.Line($"the password is {job.Secret}");
            await go.WaitAsync(cancel);
            if (Things.Contains(job.Request))
                throw new JobFailedException(JobErrorCodes.BenchExists, "It is there.");

            job.Claim(new JobClaim("thing", job.Request));
            Things.Add(job.Request);
            return StepOutcome.Done("made");
        });
        await job.StepAsync(FakeType.Steps[1], async _ =>
        {
            if (PassesReturn)
                job.PassReturn();

            await go.WaitAsync(cancel);
            return Failure is null ? StepOutcome.Nothing("nothing to do") : throw Failure;
        });
        return Result();
    }

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        Finished++;
        return Task.FromResult(Result());
    }

    public void Dispose() => go.Dispose();

    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        if (CompensationFailures-- > 0)
            throw new IOException("not now");

        foreach (var claim in job.Claims)
        {
            Things.Remove(claim.Value);
            Compensated.Add(claim.Value);
        }

        return Task.CompletedTask;
    }

    private static JsonElement Result()
    {
        using var result = JsonDocument.Parse("""{"made":true}""");
        return result.RootElement.Clone();
    }
}

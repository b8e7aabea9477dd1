using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Waits until services of a bench work.</summary>
internal sealed class BenchReady(DockerEngine engine, HttpProbe http, AgentOptions options, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>All must have been well for this long: a worker that cannot start takes a second to say so.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(2);

    /// <summary>Until they work; a <see cref="JobFailedException"/> that names the one that does not, with its last output.</summary>
    public async Task<StepOutcome> WaitAsync(BenchFolder folder, BenchRecord record, IReadOnlyCollection<BenchService> services, StepLog log, CancellationToken cancel)
    {
        var probe = new BenchProbe(engine, http, time, folder, record, services);
        var started = time.GetTimestamp();
        long? wellSince = null;
        var said = "";
        while (true)
        {
            var missing = await probe.LookAsync(cancel);
            wellSince = missing is null ? wellSince ?? time.GetTimestamp() : null;
            if (wellSince is { } since && time.GetElapsedTime(since) >= Steady)
            {
                var who = services.Count == BenchServices.All.Count ? "all services answer" : string.Join(", ", services.Select(service => service.Name())) + " well";
                return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{who} after {time.GetElapsedTime(started).TotalSeconds:0.0} s"));
            }

            if (missing is not null && missing.Text != said)
                log.Line(said = missing.Text);

            if (missing is not null && time.GetElapsedTime(started) > TimeSpan.FromSeconds(options.ReadySeconds))
            {
                throw new JobFailedException(
                    JobErrorCodes.NotReady, $"The bench does not answer: {missing.Text}.", $"The last output of {missing.Service.Name()} is below.", await probe.LastLinesAsync(missing.Service, cancel));
            }

            await Task.Delay(Look, time, cancel);
        }
    }
}

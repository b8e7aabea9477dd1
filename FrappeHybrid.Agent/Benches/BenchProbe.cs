using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Finds out whether services of a bench work: by what they answer, not by what the engine says of them.</summary>
internal sealed class BenchProbe(DockerEngine engine, HttpProbe http, TimeProvider time, BenchFolder folder, BenchRecord record, IReadOnlyCollection<BenchService> services)
{
    /// <summary>A service that the engine starts more often than this while we look does not come up by itself any more.</summary>
    private const int MostRestarts = 5;

    /// <summary>How long a look may find a service ended that is only being started again: the frontend by its keeper, or any by hand.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Since when each has been found ended.</summary>
    private readonly Dictionary<BenchService, long> endedSince = [];

    /// <summary>How often each had been started by the engine when it was first looked at: its count goes on over months.</summary>
    private readonly Dictionary<BenchService, int> restartsBefore = [];

    /// <summary>One look. Null when all is well, otherwise what is still missing; throws when a service has ended for good, which takes some looks to tell.</summary>
    public async Task<MissingAnswer?> LookAsync(CancellationToken cancel)
    {
        var addresses = new Dictionary<BenchService, string>();
        MissingAnswer? down = null;
        foreach (var service in BenchServices.All.Where(services.Contains))
        {
            var container = await engine.FindContainerAsync(BenchContainers.NameOf(folder.Bench, service), cancel);
            if (container is null || HasEnded(service, container) || Restarts(service, container) > MostRestarts)
                throw await StoppedAsync(service, container, cancel);

            // The others are looked at all the same: those that only miss the one that has ended come before it.
            if (!container.State.Running || container.State.Status == "restarting")
                down ??= new MissingAnswer(service, $"{service.Name()} is {container.State.Status}");
            else
                addresses[service] = BenchContainers.AddressOf(folder.Bench, container);
        }

        if (down is not null)
            return down;

        foreach (var redis in (BenchService[])[BenchService.RedisCache, BenchService.RedisQueue])
        {
            if (addresses.TryGetValue(redis, out var address) && await RedisWire.AskAsync(address, cancel, "PING") is not ["PONG"])
                return new MissingAnswer(redis, $"{redis.Name()} does not answer");
        }

        if (addresses.ContainsKey(BenchService.Backend) || addresses.ContainsKey(BenchService.Frontend))
        {
            // A name that is no site: Frappe's own 404 says that nginx, gunicorn and Python all work; nginx alone would say 502.
            var page = await http.GetAsync(record.FrontendPort, "frappe-hybrid.invalid", "/api/method/ping", cancel);
            if (page.Status is not (404 or 200))
                return new MissingAnswer(page.Status is null ? BenchService.Frontend : BenchService.Backend, $"the frontend answers {page}");
        }

        if (!addresses.ContainsKey(BenchService.Websocket))
            return null;

        var socket = await http.GetAsync(record.FrontendPort, "frappe-hybrid.invalid", "/socket.io/?EIO=4&transport=polling", cancel);
        return socket.Status == 200 && socket.Body.StartsWith("0{", StringComparison.Ordinal) ? null : new MissingAnswer(BenchService.Websocket, $"socket.io answers {socket}");
    }

    /// <summary>The end of a service's output, for whoever is told that it does not work.</summary>
    public async Task<string> LastLinesAsync(BenchService service, CancellationToken cancel)
    {
        try
        {
            return await new DockerLogs(engine.Connection).TailAsync(BenchContainers.NameOf(folder.Bench, service), 50, cancel);
        }
        catch (DockerException exception)
        {
            return exception.Message;
        }
    }

    private bool HasEnded(BenchService service, ContainerDetails container)
    {
        if (container.State.Status is "exited" or "dead")
            return endedSince.TryGetValue(service, out var since) ? time.GetElapsedTime(since) >= Patience : !endedSince.TryAdd(service, time.GetTimestamp());

        endedSince.Remove(service);
        return false;
    }

    private int Restarts(BenchService service, ContainerDetails container)
    {
        restartsBefore.TryAdd(service, container.RestartCount);
        return container.RestartCount - restartsBefore[service];
    }

    private async Task<JobFailedException> StoppedAsync(BenchService service, ContainerDetails? container, CancellationToken cancel)
    {
        if (container is null)
            return new JobFailedException(JobErrorCodes.ServiceStopped, $"The container of {service.Name()} is gone.", "Somebody else has taken it away.");

        var output = await LastLinesAsync(service, cancel);
        if (container.State.OOMKilled || container.State.ExitCode == 137)
        {
            return new JobFailedException(
                JobErrorCodes.OutOfMemory, $"{service.Name()} was killed for lack of memory.", "Give the bench's containers a higher limit, or the server more memory.", output);
        }

        var code = container.State.ExitCode.ToString(CultureInfo.InvariantCulture);
        return new JobFailedException(JobErrorCodes.ServiceStopped, $"{service.Name()} ended by itself with code {code}.", "Its last output is below.", output);
    }
}

/// <summary>What a bench still lacks.</summary>
/// <param name="Service">Whose output tells more.</param>
/// <param name="Text">For a person.</param>
internal sealed record MissingAnswer(BenchService Service, string Text);

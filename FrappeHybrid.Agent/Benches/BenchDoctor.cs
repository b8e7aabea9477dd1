using System.Collections.Concurrent;
using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Asks a bench's own tools how it is. One look at a time and one in 10 seconds, however many ask: each starts a Python program.</summary>
internal sealed class BenchDoctor(DockerEngine engine, DockerExec exec, BenchServicesLook services, TimeProvider time) : IDisposable
{
    private const string SecondsInContainer = "12";
    private const int KeptOutput = 8 * 1024;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim one = new(1);
    private readonly ConcurrentDictionary<BenchName, BenchDoctorReport> reports = new();

    /// <summary>Versions never change in a bench: its image does not.</summary>
    private readonly ConcurrentDictionary<BenchName, (DateTimeOffset Created, IReadOnlyList<BenchAppVersion> Apps)> versions = new();

    public async Task<BenchDoctorReport> LookAsync(BenchFolder folder, BenchRecord record, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            if (reports.TryGetValue(record.Name, out var last) && time.GetUtcNow() - last.At < Fresh)
                return last;

            return reports[record.Name] = await AskAsync(folder, record, cancel);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<BenchDoctorReport> AskAsync(BenchFolder folder, BenchRecord record, CancellationToken cancel)
    {
        var doctor = RunAsync(folder, ["bench", "doctor"], cancel);
        var infos = await services.ReadAsync(record.Name, cancel);
        var (online, queues) = await QueuesAsync(record.Name, cancel);
        var (code, output) = await doctor;
        var outputs = new List<ServiceOutput>();
        foreach (var info in infos.Where(info => info.State is not ("running" or "missing")))
        {
            var text = await new DockerLogs(engine.Connection).TailAsync(BenchContainers.NameOf(record.Name, info.Service), 30, cancel);
            outputs.Add(new ServiceOutput(info.Service, new Redactor().Clean(text)));
        }

        return new BenchDoctorReport(
            time.GetUtcNow(),
            infos,
            record.Counts,
            online,
            queues,
            DoctorOutput.Sites(output, folder.ReadSites()),
            await VersionsAsync(folder, record, cancel),
            code == 0 ? null : code == 124 ? $"It did not end within {SecondsInContainer} seconds.\n{output}" : output,
            outputs);
    }

    /// <summary>Straight from Redis, where `bench doctor` has it from too: it answers also when the database does not.</summary>
    private async Task<(int? Online, IReadOnlyList<QueueDepth> Queues)> QueuesAsync(BenchName bench, CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(BenchContainers.NameOf(bench, BenchService.RedisQueue), cancel);
        var address = container is { State.Running: true } ? BenchContainers.AddressOf(bench, container) : "";
        if (await NumberAsync("SCARD", "rq:workers") is not { } online)
            return (null, []);

        var queues = new List<QueueDepth>();
        foreach (var key in await RedisWire.AskAsync(address, cancel, "SMEMBERS", "rq:queues") ?? [])
        {
            // rq:queue:home-frappe-frappe-bench:short
            var name = key["rq:queue:".Length..];
            queues.Add(new QueueDepth(name[(name.LastIndexOf(':') + 1)..], await NumberAsync("LLEN", key) ?? 0, await NumberAsync("ZCARD", $"rq:failed:{name}") ?? 0));
        }

        queues.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return (online, queues);

        async Task<int?> NumberAsync(string command, string key) =>
            await RedisWire.AskAsync(address, cancel, command, key) is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private async Task<IReadOnlyList<BenchAppVersion>> VersionsAsync(BenchFolder folder, BenchRecord record, CancellationToken cancel)
    {
        if (versions.TryGetValue(record.Name, out var known) && known.Created == record.CreatedAt)
            return known.Apps;

        var (code, output) = await RunAsync(folder, ["bench", "version", "-f", "json"], cancel);
        var apps = code == 0 ? DoctorOutput.Versions(output) : [];
        if (apps.Count > 0)
            versions[record.Name] = (record.CreatedAt, apps);

        return apps;
    }

    /// <summary>The engine has no call to end a program in a container, so that it carries its own limit.</summary>
    private async Task<(int Code, string Output)> RunAsync(BenchFolder folder, IReadOnlyList<string> command, CancellationToken cancel)
    {
        var output = new OutputTail(KeptOutput);
        var standard = new LineAssembler(output.Add);
        var error = new LineAssembler(output.Add);
        try
        {
            var request = new ExecRequest(BenchProgram.ContainerOf(folder), ["timeout", SecondsInContainer, .. command]);
            var code = await exec.RunAsync(request, frame => (frame.IsError ? error : standard).Add(frame.Bytes.Span), cancel);
            standard.Flush();
            error.Flush();
            return (code, new Redactor().Clean(output.ToString()));
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.NotFound or DockerFault.Conflict)
        {
            return (-1, $"The backend does not run: {exception.Message}");
        }
    }
}

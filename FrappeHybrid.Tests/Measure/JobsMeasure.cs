using System.Diagnostics;
using System.Globalization;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.Measure.Jobs;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// What a job costs, with the published Agent on a real engine: from the portal's act to the program in the container (200 one after the other), 200 jobs at once that end at their
/// first look (their site is not there: stored, queued, run, undone, told), pings a second over 16 connections of their own, and the Agent's memory (PSS) idle and while 20
/// sites are made at once.
/// </summary>
internal static class JobsMeasure
{
    private const int Jobs = 200;
    private const int Connections = 16;
    private const int Parallel = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PingTime = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync()
    {
        var program = Path.Combine(Repository.Artifacts, "agent", "linux-x64", "frappe-hybrid-agent");
        if (!File.Exists(program))
        {
            await Console.Error.WriteLineAsync("The Agent is not published: run FrappeHybrid.Tests/Lab/build.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("fh-measure-").FullName;
        try
        {
            await using var server = await AgentServer.CreateAsync(program);
            await Task.Delay(TimeSpan.FromSeconds(5));
            var idle = Memory(server);
            var bench = BenchName.Parse($"{server.Prefix}-m");
            var site = SiteName.Parse("measured.example.com");
            await SucceedAsync(server, await server.NewBenchAsync(bench));
            await SucceedAsync(server, await server.NewSiteAsync(bench, site.Value, "Adm1n-of-the-measure!"));

            var dispatch = await DispatchAsync(server, folder, bench, site);
            Say("dispatch", string.Create(CultureInfo.InvariantCulture, $"p50 {dispatch[Jobs / 2]:0} ms, p99 {dispatch[Jobs * 99 / 100]:0} ms"));
            var busy = await BusyAsync(server, bench);
            Say("memory", string.Create(CultureInfo.InvariantCulture, $"{idle:0.0} MB idle, {busy:0.0} MB at most"));
            var burst = await BurstAsync(server, bench);
            Say("burst", string.Create(CultureInfo.InvariantCulture, $"{Jobs} jobs in {burst:0.00} s"));
            var pings = await PingAsync(server);
            Say("ping", string.Create(CultureInfo.InvariantCulture, $"{pings:0} a second"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"dispatch_p50_ms\":{dispatch[Jobs / 2]:0.0},\"dispatch_p99_ms\":{dispatch[Jobs * 99 / 100]:0.0},\"burst200_s\":{burst:0.00},\"ping_rps\":{pings:0},\"agent_idle_mb\":{idle:0.0},\"agent_busy_mb\":{busy:0.0}}}"));
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double[]> DispatchAsync(AgentServer server, string folder, BenchName bench, SiteName site)
    {
        await using var portal = await MeasuredPortal.StartAsync(folder, server, bench, site);
        var starts = await ProcessStarts.OfAsync($"{bench}-backend");
        var act = portal.Get<ClearSiteCache>();
        var times = new List<double>();

        // The first jobs warm both sides up, as on a portal that runs for days.
        for (var round = -10; round < Jobs; round++)
        {
            Guid? job = null;
            var seen = Task.Factory.StartNew(() => starts.WaitFor(() => job, Limit), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.Delay(5);
            var began = Stopwatch.GetTimestamp();
            var made = await act.RunAsync(portal.Owner, portal.SiteId, CancellationToken.None);
            job = made.IsDone ? made.Value : throw new InvalidOperationException(made.Error.Message);
            var took = Stopwatch.GetElapsedTime(began, await seen).TotalMilliseconds;
            if (round >= 0)
                times.Add(took);

            while (!await portal.HasEndedAsync(made.Value))
                await Task.Delay(5);
        }

        return [.. times.Order()];
    }

    private static async Task<double> BurstAsync(AgentServer server, BenchName bench)
    {
        // The portal hands jobs over one after the other; this is as many connections as the pings have.
        using var client = server.NewClient(Connections);
        await client.GetStringAsync(AgentRoutes.Ping);
        var after = server.Told;
        var began = Stopwatch.GetTimestamp();
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(number => server.OrderAsync(
            HttpMethod.Post, UpdateRoutes.ForMigrate(bench, SiteName.Parse(string.Create(CultureInfo.InvariantCulture, $"none-{number}.example.com"))), """{"skipFailingPatches":false}""", client)));
        await EndsOfAsync(server, jobs, after);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> PingAsync(AgentServer server)
    {
        var clients = Enumerable.Range(0, Connections).Select(_ => server.NewClient()).ToList();
        await Task.WhenAll(clients.Select(client => client.GetStringAsync(AgentRoutes.Ping)));
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(began) < PingTime)
            {
                await client.GetStringAsync(AgentRoutes.Ping);
                count++;
            }

            return count;
        })));
        var rate = counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
        clients.ForEach(client => client.Dispose());
        return rate;
    }

    /// <summary>As a portal does it: one feed for all jobs.</summary>
    private static async Task<IReadOnlyCollection<JobSnapshot>> EndsOfAsync(AgentServer server, Guid[] jobs, long after)
    {
        var ends = jobs.ToDictionary(job => job, _ => (JobSnapshot?)null);
        await server.FollowAsync(Guid.Empty, _ => false, after: after, until: told =>
        {
            if (told.Job is { FinishedAt: not null } job && ends.ContainsKey(job.Id))
                ends[job.Id] = job;
            return ends.Values.All(end => end is not null);
        });
        return [.. ends.Values.OfType<JobSnapshot>()];
    }

    /// <summary>The most that was seen while the jobs ran.</summary>
    private static async Task<double> BusyAsync(AgentServer server, BenchName bench)
    {
        var after = server.Told;
        var jobs = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(number => server.NewSiteAsync(
            bench, string.Create(CultureInfo.InvariantCulture, $"busy-{number}.example.com"), "Adm1n-of-the-measure!")));
        var ended = EndsOfAsync(server, jobs, after);
        var most = 0.0;
        while (!ended.IsCompleted)
        {
            most = Math.Max(most, Memory(server));
            await Task.Delay(50);
        }

        var failed = (await ended).Where(job => job.State != JobState.Success).ToList();
        return failed.Count == 0 ? most : throw new InvalidOperationException($"{failed.Count} of {Parallel} jobs failed: {failed[0].Error}");
    }

    /// <summary>
    /// PSS of the Agent and of the programs that it has started, in MB. The engine's client does not count: it stands here for "sudo nginx", because the test's nginx is in a
    /// container.
    /// </summary>
    private static double Memory(AgentServer server)
    {
        var processes = new List<int> { server.ProcessId };
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && ReadLine(Path.Combine(folder, "status"), "PPid:") == server.ProcessId && !IsEnginesClient(folder))
                processes.Add(id);
        }

        return processes.Sum(process => ReadLine($"/proc/{process}/smaps_rollup", "Pss:")) / 1024.0;
    }

    private static bool IsEnginesClient(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).Trim() == "docker";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static int ReadLine(string file, string key)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static async Task SucceedAsync(AgentServer server, Guid id)
    {
        var job = await server.UntilEndAsync(id);
        if (job.State != JobState.Success)
            throw new InvalidOperationException($"{job.Type}: {job.Error}");
    }

    private static void Say(string what, string text) => Console.WriteLine($"{what,-9} {text}");
}

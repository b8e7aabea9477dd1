using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Jobs;

/// <summary>The Agent's API as methods, with a time limit on each call; whatever goes wrong is an <see cref="AgentException"/>.</summary>
public sealed class AgentClient(IAgentConnection connection, TimeProvider time)
{
    /// <summary>A stream says something every 5 seconds; after three silent times the connection is taken for dead.</summary>
    internal static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(20);

    /// <summary>`GET /server`.</summary>
    public Task<ServerInfo> ServerAsync(Server server, CancellationToken cancel) => GetAsync(server, AgentRoutes.Server, AgentJson.Default.ServerInfo, cancel);

    /// <summary>`GET /version`.</summary>
    public Task<AgentVersion> VersionAsync(Server server, CancellationToken cancel) => GetAsync(server, AgentRoutes.Version, AgentJson.Default.AgentVersion, cancel);

    /// <summary>`GET /jobs?state=`: newest first.</summary>
    public Task<IReadOnlyList<JobSnapshot>> JobsAsync(Server server, JobState state, CancellationToken cancel) =>
        GetAsync(server, $"{AgentRoutes.Jobs}?state={state}", AgentJson.Default.IReadOnlyListJobSnapshot, cancel);

    /// <summary>`GET /benches`.</summary>
    public Task<IReadOnlyList<BenchInfo>> BenchesAsync(Server server, CancellationToken cancel) =>
        GetAsync(server, AgentRoutes.Benches, AgentJson.Default.IReadOnlyListBenchInfo, cancel);

    /// <summary>`GET /benches/{bench}/sites`.</summary>
    public Task<IReadOnlyList<SiteInfo>> SitesAsync(Server server, BenchName bench, CancellationToken cancel) =>
        GetAsync(server, AgentRoutes.ForSites(bench), AgentJson.Default.IReadOnlyListSiteInfo, cancel);

    /// <summary>`GET /server/disk`.</summary>
    public Task<DiskUse> DiskUseAsync(Server server, bool refresh, CancellationToken cancel) =>
        GetAsync(server, UpkeepRoutes.ForDisk(refresh), UpkeepJson.Default.DiskUse, cancel);

    /// <summary>`GET /server/clean-up`.</summary>
    public Task<CleanUpPlan> CleanUpPlanAsync(Server server, int? archivedDays, int jobDays, CancellationToken cancel) =>
        GetAsync(server, UpkeepRoutes.ForCleanUpPlan(archivedDays, jobDays), UpkeepJson.Default.CleanUpPlan, cancel);

    /// <summary>`GET /benches/{bench}`.</summary>
    public Task<BenchInfo> BenchAsync(Server server, BenchName bench, CancellationToken cancel) => GetAsync(server, AgentRoutes.ForBench(bench), AgentJson.Default.BenchInfo, cancel);

    /// <summary>`GET /benches/{bench}/environment`.</summary>
    public Task<IReadOnlyList<BenchVariable>> EnvironmentAsync(Server server, BenchName bench, CancellationToken cancel) =>
        GetAsync(server, BenchPaths.ForEnvironment(bench), BenchWorkJson.Default.IReadOnlyListBenchVariable, cancel);

    /// <summary>`GET /benches/{bench}/logs`.</summary>
    public Task<IReadOnlyList<LogFile>> LogFilesAsync(Server server, BenchName bench, CancellationToken cancel) =>
        GetAsync(server, BenchPaths.ForLogs(bench), BenchWorkJson.Default.IReadOnlyListLogFile, cancel);

    /// <summary>`GET /benches/{bench}/logs/{log}`, or of a site.</summary>
    public Task<LogText> LogTextAsync(Server server, BenchName bench, SiteName? site, LogName log, int bytes, CancellationToken cancel) =>
        GetAsync(server, BenchPaths.ForLog(bench, site, log, bytes), BenchWorkJson.Default.LogText, cancel);

    /// <summary>`GET /benches/{bench}/doctor`; bench's own tools take some seconds.</summary>
    public Task<BenchDoctorReport> DoctorAsync(Server server, BenchName bench, CancellationToken cancel) => CallAsync(
        server,
        () => new HttpRequestMessage(HttpMethod.Get, BenchPaths.ForDoctor(bench)),
        JobLimit,
        (answer, stop) => ReadAsync(answer, BenchWorkJson.Default.BenchDoctorReport, stop),
        cancel);

    /// <summary>`GET /jobs/{id}`; null when the Agent does not know the job.</summary>
    public async Task<JobSnapshot?> FindJobAsync(Server server, Guid id, CancellationToken cancel)
    {
        try
        {
            return await GetAsync(server, AgentRoutes.ForJob(id), AgentJson.Default.JobSnapshot, cancel);
        }
        catch (AgentException exception) when (exception.Trouble is AgentTrouble.Missing)
        {
            return null;
        }
    }

    /// <summary>Hands a job over; the same id twice is one job.</summary>
    public Task<JobSnapshot> SubmitAsync(Server server, Guid id, string path, string body, CancellationToken cancel) => CallAsync(
        server,
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add(AgentRoutes.IdempotencyKeyHeader, id.ToString());
            return request;
        },
        JobLimit,
        (answer, stop) => ReadAsync(answer, AgentJson.Default.JobSnapshot, stop),
        cancel);

    /// <summary>`POST /jobs/{id}/cancel`; asking twice does no harm.</summary>
    public Task CancelJobAsync(Server server, Guid id, CancellationToken cancel) =>
        CallAsync(server, () => new HttpRequestMessage(HttpMethod.Post, AgentRoutes.ForCancelJob(id)), JobLimit, (_, _) => Task.FromResult(true), cancel);

    /// <summary>`POST /jobs/{id}/void`: the job must not be. Its state when the Agent has it (it is asked to end); null when it had not, and can now never begin.</summary>
    public Task<JobSnapshot?> VoidJobAsync(Server server, Guid id, CancellationToken cancel) => CallAsync(
        server,
        () => new HttpRequestMessage(HttpMethod.Post, AgentRoutes.ForVoidJob(id)),
        JobLimit,
        async (answer, stop) => answer.StatusCode is HttpStatusCode.NoContent ? null : await ReadAsync(answer, AgentJson.Default.JobSnapshot, stop),
        cancel);

    /// <summary>`GET /jobs/{id}/evidence`.</summary>
    public Task<JobEvidence> EvidenceAsync(Server server, Guid id, BenchName? bench, CancellationToken cancel) => CallAsync(
        server, () => new HttpRequestMessage(HttpMethod.Get, AgentRoutes.ForJobEvidence(id, bench)), JobLimit, (answer, stop) => ReadAsync(answer, EvidenceJson.Default.JobEvidence, stop), cancel);

    /// <summary>The feed after a number, until the connection ends.</summary>
    public IAsyncEnumerable<FeedEvent> FeedAsync(Server server, long after, Guid? epoch, CancellationToken cancel) =>
        LinesAsync(server, $"{AgentRoutes.Feed}?after={after}{(epoch is null ? "" : $"&epoch={epoch}")}", AgentJson.Default.FeedEvent, cancel);

    /// <summary>`GET /consoles/{source}/stream`: the last lines, or those after a mark, and then everything new, until the connection ends.</summary>
    public IAsyncEnumerable<LogBatch> ConsoleAsync(Server server, ConsoleSource source, int tail, LogMark? after, CancellationToken cancel) =>
        LinesAsync(server, ConsoleRoutes.ForStream(source, tail, after), AgentJson.Default.LogBatch, cancel);

    /// <summary>`GET /consoles/{source}/lines`; the path is one of the contract's builders'. An old page takes reading the whole log.</summary>
    public Task<LogPage> ConsolePageAsync(Server server, string path, CancellationToken cancel) => GetAsync(server, path, AgentJson.Default.LogPage, JobLimit, cancel);

    /// <summary>`GET /consoles/{source}/search`.</summary>
    public IAsyncEnumerable<LogFindings> ConsoleSearchAsync(Server server, ConsoleSource source, LogQuery query, CancellationToken cancel) =>
        LinesAsync(server, ConsoleRoutes.ForSearch(source, query), AgentJson.Default.LogFindings, cancel);

    /// <summary>`GET /consoles/{source}/range`.</summary>
    public IAsyncEnumerable<LogBatch> ConsoleRangeAsync(Server server, ConsoleSource source, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel) =>
        LinesAsync(server, ConsoleRoutes.ForRange(source, from, to), AgentJson.Default.LogBatch, cancel);

    /// <summary>What a route that reads answers within <paramref name="limit"/>; the path comes from the contract's builders.</summary>
    public Task<T> GetAsync<T>(Server server, string path, JsonTypeInfo<T> json, TimeSpan limit, CancellationToken cancel) =>
        CallAsync(server, () => new HttpRequestMessage(HttpMethod.Get, path), limit, (answer, stop) => ReadAsync(answer, json, stop), cancel);

    /// <summary>What a route that acts at once, without a job, answers within <paramref name="limit"/>.</summary>
    public Task<T> PostAsync<T>(Server server, string path, JsonTypeInfo<T> json, TimeSpan limit, CancellationToken cancel) =>
        CallAsync(server, () => new HttpRequestMessage(HttpMethod.Post, path), limit, (answer, stop) => ReadAsync(answer, json, stop), cancel);

    private Task<T> GetAsync<T>(Server server, string path, JsonTypeInfo<T> json, CancellationToken cancel) => GetAsync(server, path, json, ReadLimit, cancel);

    private async Task<T> CallAsync<T>(Server server, Func<HttpRequestMessage> make, TimeSpan limit, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var request = make();
            using var answer = await connection.For(server).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (!answer.IsSuccessStatusCode)
                throw await AgentErrors.FromAnswerAsync(server, answer, stop.Token);
            return await read(answer, stop.Token);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw AgentErrors.Timeout(server, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw AgentErrors.From(server, exception);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> json, CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        return await JsonSerializer.DeserializeAsync(body, json, cancel) ?? throw new JsonException("The answer is empty.");
    }

    private async IAsyncEnumerable<T> LinesAsync<T>(Server server, string path, JsonTypeInfo<T> json, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var silence = new CancellationTokenSource(SilenceLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
        using var answer = await GuardAsync(server, () => OpenAsync(server, path, stop.Token), cancel);
        using var reader = new StreamReader(await GuardAsync(server, () => answer.Content.ReadAsStreamAsync(stop.Token), cancel));
        while (true)
        {
            silence.CancelAfter(SilenceLimit);
            var line = await GuardAsync(server, async () => await reader.ReadLineAsync(stop.Token), cancel);
            silence.CancelAfter(Timeout.InfiniteTimeSpan); // the reader may take its time
            if (line is null)
                yield break;
            if (line.Length > 0)
                yield return Parse(server, line, json);
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(Server server, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(AgentRoutes.JsonLines));
        var answer = await connection.For(server).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.StatusCode is HttpStatusCode.OK)
            return answer;
        using (answer)
            throw await AgentErrors.FromAnswerAsync(server, answer, cancel);
    }

    private static T Parse<T>(Server server, string line, JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.Deserialize(line, json) ?? throw new JsonException("The line is empty.");
        }
        catch (JsonException exception)
        {
            throw AgentErrors.From(server, exception);
        }
    }

    private static async Task<T> GuardAsync<T>(Server server, Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw AgentErrors.Timeout(server, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw AgentErrors.From(server, exception);
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>An Agent that speaks the contract without a network: stores jobs by key, tells its feed, streams logs, and fails on request.</summary>
internal sealed class FakeAgent : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly List<FeedEvent> feed = [];
    private readonly List<CancellationTokenSource> streams = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Epoch { get; set; } = Guid.CreateVersion7();

    public ConcurrentDictionary<Guid, JobSnapshot> Jobs { get; } = new();

    public ConcurrentQueue<(Guid Key, string Path, string Body)> Submissions { get; } = new();

    /// <summary>What a submitted job is; by its path when null.</summary>
    public JobType? Type { get; set; }

    public ConcurrentQueue<Guid> Cancels { get; } = new();

    /// <summary>Keys that were voided; a submission under one of them is refused.</summary>
    public ConcurrentQueue<Guid> Voids { get; } = new();

    /// <summary>Answer to `/jobs/{id}/evidence`; null for 404.</summary>
    public JobEvidence? Evidence { get; set; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public List<LogLine> Log { get; } = [];

    /// <summary>Lines of one source alone, by its name.</summary>
    public Dictionary<string, List<LogLine>> Sources { get; } = [];

    /// <summary>Before a request is looked at: throw, or answer something else.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>>? Before { get; set; }

    /// <summary>After a job was stored, before the answer goes out.</summary>
    public Func<Task>? AfterStore { get; set; }

    public int OpenLogs { get; private set; }

    /// <summary>The terminals that were opened, in their order.</summary>
    public System.Threading.Channels.Channel<FakeTerminal> Terminals { get; } = System.Threading.Channels.Channel.CreateUnbounded<FakeTerminal>();

    public static HttpResponseMessage Problem(HttpStatusCode status, string code, string title) => new(status)
    {
        Content = new StringContent(JsonSerializer.Serialize(new AgentProblem(title, (int)status, code, "Do this."), AgentJson.Default.AgentProblem), Encoding.UTF8, "application/problem+json"),
    };

    /// <summary>Tells that a job is so now.</summary>
    public void Tell(JobSnapshot job)
    {
        Jobs[job.Id] = job;
        Append(number => new FeedEvent(number, FeedEventKind.JobChanged, job.StoredAt, JobId: job.Id, Job: job));
    }

    public void TellOutput(Guid jobId, string step, string output) =>
        Append(number => new FeedEvent(number, FeedEventKind.StepOutput, DateTimeOffset.UnixEpoch, JobId: jobId, Step: step, Output: output));

    /// <summary>Old events are thrown away.</summary>
    public void Forget(int count)
    {
        lock (gate)
            feed.RemoveRange(0, count);
    }

    /// <summary>A new store: other epoch, no jobs, no events.</summary>
    public void Reset()
    {
        lock (gate)
        {
            Epoch = Guid.CreateVersion7();
            feed.Clear();
        }

        Jobs.Clear();
        Break();
    }

    public void Write(params LogLine[] lines)
    {
        lock (gate)
        {
            Log.AddRange(lines);
            Pulse();
        }
    }

    /// <summary>Lines of one source alone, which a test has named before.</summary>
    public void WriteTo(string source, params LogLine[] lines)
    {
        lock (gate)
        {
            Sources[source].AddRange(lines);
            Pulse();
        }
    }

    /// <summary>Ends all open streams.</summary>
    public void Break()
    {
        lock (gate)
        {
            foreach (var stream in streams)
                stream.Cancel();
            streams.Clear();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var path = request.RequestUri!.AbsolutePath;
        Requests.Enqueue($"{request.Method} {request.RequestUri.PathAndQuery}");
        if (Before is { } before && await before(request, cancellationToken) is { } answer)
            return answer;
        var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query);
        if (path == AgentRoutes.Feed)
            return Stream((writer, stop) => FeedAsync(writer, Guid.TryParse(query["epoch"], out var epoch) && epoch == Epoch ? long.Parse(query["after"]!, CultureInfo.InvariantCulture) : 0, stop));
        if (path.EndsWith("/terminal", StringComparison.Ordinal))
            return Terminal();
        if (path.StartsWith("/consoles/", StringComparison.Ordinal))
            return Console(path.Split('/')[2], path.Split('/')[3], query);
        if (path == AgentRoutes.Server)
            return Json(new ServerInfo("host", "Debian GNU/Linux 12 (bookworm)", "6.1.0", 2, 0.1, 8L << 30, 4L << 30, 100L << 30, 50L << 30, "20.10.24", "running", 0, 3600), AgentJson.Default.ServerInfo);
        if (path == AgentRoutes.Version)
            return Json(new AgentVersion("0.1.0", DateTimeOffset.UnixEpoch), AgentJson.Default.AgentVersion);
        if (path.EndsWith("/void", StringComparison.Ordinal))
            return Void(Guid.Parse(path.Split('/')[2]));
        if (path.EndsWith("/evidence", StringComparison.Ordinal))
            return Evidence is { } evidence ? Json(evidence, EvidenceJson.Default.JobEvidence) : Problem(HttpStatusCode.NotFound, "not-found", "No such job.");
        if (request.Method == HttpMethod.Post && path.StartsWith("/jobs/", StringComparison.Ordinal))
            return Cancel(Guid.Parse(path.Split('/')[2]));
        if (request.Method == HttpMethod.Post)
            return await SubmitAsync(request, path, cancellationToken);
        if (path.StartsWith("/jobs/", StringComparison.Ordinal))
            return Jobs.TryGetValue(Guid.Parse(path.Split('/')[2]), out var job) ? Json(job, AgentJson.Default.JobSnapshot) : Problem(HttpStatusCode.NotFound, "not-found", "No such job.");
        if (path == AgentRoutes.Jobs)
            return Json<IReadOnlyList<JobSnapshot>>([.. Jobs.Values.Where(job => job.State.ToString() == query["state"])], AgentJson.Default.IReadOnlyListJobSnapshot);
        if (path.StartsWith("/benches/", StringComparison.Ordinal))
            return Json(new BenchInfo(BenchName.Parse(path.Split('/')[2]), ImageReference.Parse("frappe/erpnext:v15"), 18000, DateTimeOffset.UnixEpoch, [], [], []), AgentJson.Default.BenchInfo);
        return Problem(HttpStatusCode.NotFound, "not-found", "No such route.");
    }

    private HttpResponseMessage Terminal()
    {
        var (answer, terminal) = FakeTerminal.Open();
        Terminals.Writer.TryWrite(terminal);
        return answer;
    }

    private static HttpResponseMessage Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(value, json), Encoding.UTF8, "application/json") };

    private async Task<HttpResponseMessage> SubmitAsync(HttpRequestMessage request, string path, CancellationToken cancel)
    {
        var key = Guid.Parse(request.Headers.GetValues(AgentRoutes.IdempotencyKeyHeader).Single());
        Submissions.Enqueue((key, path, await request.Content!.ReadAsStringAsync(cancel)));
        if (Voids.Contains(key))
            return Problem(HttpStatusCode.Conflict, "key-reused", "This idempotency key belongs to another request.");
        var job = Jobs.GetOrAdd(key, Snapshots.Of(key, Type ?? (path == AgentRoutes.Benches ? JobTypes.NewBench : JobTypes.NewSite), JobState.Pending));
        if (AfterStore is { } after)
            await after();
        return Json(job, AgentJson.Default.JobSnapshot, HttpStatusCode.Accepted);
    }

    private HttpResponseMessage Cancel(Guid id)
    {
        Cancels.Enqueue(id);
        return Jobs.TryGetValue(id, out var job) ? Json(job, AgentJson.Default.JobSnapshot, HttpStatusCode.Accepted) : Problem(HttpStatusCode.NotFound, "not-found", "No such job.");
    }

    private HttpResponseMessage Void(Guid id)
    {
        Voids.Enqueue(id);
        return Jobs.TryGetValue(id, out var job) ? Json(job, AgentJson.Default.JobSnapshot, HttpStatusCode.Accepted) : new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private void Append(Func<long, FeedEvent> make)
    {
        lock (gate)
        {
            feed.Add(make((feed.Count == 0 ? 0 : feed[^1].Number) + 1));
            Pulse();
        }
    }

    private void Pulse()
    {
        changed.SetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private HttpResponseMessage Stream(Func<PipeWriter, CancellationToken, Task> write)
    {
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        var stop = new CancellationTokenSource();
        lock (gate)
            streams.Add(stop);
        _ = Task.Run(async () =>
        {
            try
            {
                await write(pipe.Writer, stop.Token);
            }
            catch (OperationCanceledException)
            {
            }

            await pipe.Writer.CompleteAsync();
        });
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Body(pipe.Reader.AsStream(), stop)) };
    }

    private async Task FeedAsync(PipeWriter writer, long after, CancellationToken stop)
    {
        await LineAsync(writer, new FeedEvent(0, FeedEventKind.Hello, DateTimeOffset.UnixEpoch, Epoch: Epoch), AgentJson.Default.FeedEvent, stop);
        while (true)
        {
            Task next;
            List<FeedEvent> events;
            lock (gate)
            {
                next = changed.Task;
                events = [.. feed.Where(each => each.Number > after)];
            }

            foreach (var told in events)
            {
                await LineAsync(writer, told, AgentJson.Default.FeedEvent, stop);
                after = told.Number;
            }

            await next.WaitAsync(stop);
        }
    }

    private HttpResponseMessage Console(string source, string part, System.Collections.Specialized.NameValueCollection query)
    {
        // A source of its own when a test has given it lines; what all others have otherwise.
        var log = Sources.GetValueOrDefault(source, Log);
        List<LogLine> all;
        lock (gate)
            all = [.. log];
        switch (part)
        {
            case "stream":
                return Stream((writer, stop) => FollowAsync(writer, log, int.Parse(query["tail"]!, CultureInfo.InvariantCulture), LogMark.Parse(query["after"]), stop));
            case "lines":
                var count = int.Parse(query["count"]!, CultureInfo.InvariantCulture);
                var (before, after) = (LogMark.Parse(query["before"]), LogMark.Parse(query["after"]));
                List<LogLine> side = after is not null ? [.. all.Skip(after.After(all, out _))] : before is not null ? [.. all.Take(before.FindIn(all))] : all;
                return Json(new LogPage([.. after is null ? side.TakeLast(count) : side.Take(count)], side.Count <= count), AgentJson.Default.LogPage);
            case "search":
                LogLine[] found = [.. all.Where(line => line.Text.Contains(query["text"]!, StringComparison.OrdinalIgnoreCase))];
                return Stream((writer, stop) => LineAsync(writer, new LogFindings(found, all.Count, null, LogSearchEnd.Done), AgentJson.Default.LogFindings, stop));
            case "range":
                var from = query["from"] is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
                return Stream((writer, stop) => LineAsync(writer, new LogBatch([.. all.Where(line => line.At >= from)]), AgentJson.Default.LogBatch, stop));
            default:
                return Problem(HttpStatusCode.NotFound, "not-found", "No such route.");
        }
    }

    private async Task FollowAsync(PipeWriter writer, List<LogLine> log, int tail, LogMark? after, CancellationToken stop)
    {
        lock (gate)
            OpenLogs++;
        try
        {
            var sent = -1;
            while (true)
            {
                Task next;
                List<LogLine> lines;
                lock (gate)
                {
                    next = changed.Task;
                    lines = sent >= 0 ? [.. log.Skip(sent)] : after is null ? [.. log.TakeLast(tail)] : [.. log.Skip(after.After(log, out _))];
                    sent = log.Count;
                }

                await LineAsync(writer, new LogBatch(lines), AgentJson.Default.LogBatch, stop);
                await next.WaitAsync(stop);
            }
        }
        finally
        {
            lock (gate)
                OpenLogs--;
        }
    }

    private static async Task LineAsync<T>(PipeWriter writer, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json, CancellationToken stop)
    {
        await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, json), stop);
        var flushed = await writer.WriteAsync("\n"u8.ToArray(), stop);
        if (flushed.IsCompleted)
            throw new OperationCanceledException();
    }

    // When the reader leaves, the stream's writer ends too, as a server sees a closed connection.
    private sealed class Body(Stream inner, CancellationTokenSource stop) : DelegatingReadStream(inner)
    {
        protected override void Dispose(bool disposing)
        {
            stop.Cancel();
            base.Dispose(disposing);
        }
    }
}

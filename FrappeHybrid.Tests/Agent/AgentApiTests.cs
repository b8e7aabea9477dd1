using System.Net;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Identity;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>The Agent from outside: who gets in, what is refused and how, and what the feed says.</summary>
public sealed class AgentApiTests : IAsyncLifetime
{
    private const string Key = "0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d";
    private const string Bench = """{"name":"alpha","image":"frappe/erpnext:v15.50.0","redisImage":"redis:7"}""";
    private AgentInstance agent = null!;
    private HttpClient portal = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        agent = await AgentInstance.StartAsync();
        portal = agent.Client(agent.Portal);
    }

    public async ValueTask DisposeAsync()
    {
        portal.Dispose();
        await agent.DisposeAsync();
    }

    [Fact]
    public async Task The_portal_gets_an_answer() => Assert.Equal("""{"message":"pong"}""", await portal.GetStringAsync(AgentRoutes.Ping, Cancel));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_else_gets_a_single_byte_of_an_answer(bool hasCertificate)
    {
        using var foreign = hasCertificate ? AgentInstance.NewCertificate("portal") : null;
        using var client = agent.Client(foreign);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(AgentRoutes.Ping, Cancel));
    }

    [Fact]
    public async Task A_rotated_certificate_counts_at_once_and_the_old_ones_open_stream_is_ended()
    {
        using var next = AgentInstance.NewCertificate("portal");
        await using var stream = await portal.GetStreamAsync($"{AgentRoutes.Feed}?after=0", Cancel);
        agent.Allow(agent.Portal, next);
        using var client = agent.Client(next);
        Assert.Equal("""{"message":"pong"}""", await client.GetStringAsync(AgentRoutes.Ping, Cancel));

        agent.Allow(next);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await stream.ReadAsync(new byte[4096], Cancel) > 0)
            {
            }

            throw new IOException("The stream has ended.");
        });
        await Assert.ThrowsAsync<HttpRequestException>(() => portal.GetAsync(AgentRoutes.Ping, Cancel));
    }

    [Fact]
    public async Task A_request_that_ends_while_the_gate_looks_at_it_does_not_end_the_Agent()
    {
        var time = new FakeTime();
        using var gate = new PortalGate(AgentSettingsFile.Open(agent.Paths.SettingsFile, NullLogger<AgentSettingsFile>.Instance), time);
        await gate.StartAsync(Cancel);
        var (ending, open) = (new DefaultHttpContext(), new DefaultHttpContext());
        var aborted = new LifetimeOfTest();
        open.Features.Set<IHttpRequestLifetimeFeature>(aborted);
        var end = new TaskCompletionSource();
        ending.Connection.ClientCertificate = agent.Portal;
        open.Connection.ClientCertificate = agent.Portal;
        var requests = Task.WhenAll(gate.PassAsync(ending, _ => end.Task), gate.PassAsync(open, _ => end.Task));

        // As Kestrel leaves it when the connection goes, a moment before the request is told.
        ending.Uninitialize();
        using var next = AgentInstance.NewCertificate("portal");
        agent.Allow(next);
        while (!aborted.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        end.SetResult();
        await requests;
        await gate.StopAsync(Cancel);
        Assert.False(gate.ExecuteTask!.IsFaulted, $"{gate.ExecuteTask.Exception}");
    }

    [Fact]
    public async Task A_broken_settings_file_locks_nobody_out()
    {
        await File.WriteAllTextAsync(agent.Paths.SettingsFile, "{", Cancel);
        Assert.Equal("""{"message":"pong"}""", await portal.GetStringAsync(AgentRoutes.Ping, Cancel));
    }

    [Fact]
    public void Init_makes_key_and_certificate_once_for_the_owner_only()
    {
        using var root = new TemporaryRoot();
        var identity = new AgentCertificate(root.Paths, TimeProvider.System);
        using var first = identity.Ensure();
        using var second = identity.Ensure();
        Assert.Equal(AgentCertificate.Fingerprint(first), AgentCertificate.Fingerprint(second));
        Assert.True(first.HasPrivateKey);
        foreach (var file in Directory.EnumerateFiles(root.Paths.TlsFolder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        File.Delete(Path.Combine(root.Paths.TlsFolder, "certificate.pem"));
        using var third = identity.Ensure();
        Assert.NotEqual(AgentCertificate.Fingerprint(first), AgentCertificate.Fingerprint(third));
    }

    [Theory]
    [InlineData("/nope", 404, "not-found")]
    [InlineData("/benches/UPPER", 400, "invalid-name")]
    [InlineData("/benches/alpha", 404, "not-found")]
    [InlineData("/benches/..%2f..%2fetc", 400, "invalid-name")]
    [InlineData("/benches/alpha/sites", 404, "not-found")]
    [InlineData("/benches/alpha/services/backend/logs", 404, "not-found")]
    [InlineData("/benches/alpha/network", 404, "not-found")]
    [InlineData("/benches/UPPER/network", 400, "invalid-name")]
    [InlineData("/jobs/nope", 404, "not-found")]
    [InlineData("/jobs/0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d", 404, "not-found")]
    [InlineData("/jobs?state=Nope", 400, "invalid-request")]
    [InlineData("/jobs?state=1", 400, "invalid-request")]
    [InlineData("/jobs?limit=0", 400, "invalid-request")]
    [InlineData("/feed?after=x", 400, "invalid-request")]
    [InlineData("/feed?after=-1", 400, "invalid-request")]
    [InlineData("/feed?epoch=x", 400, "invalid-request")]
    public async Task A_bad_question_is_answered_with_a_problem(string path, int status, string code)
    {
        using var response = await portal.GetAsync(path, Cancel);
        await AssertProblemAsync(response, status, code);
    }

    [Theory]
    [InlineData("/benches", "{", "invalid-request")]
    [InlineData("/benches", "null", "invalid-request")]
    [InlineData("/benches", "{}", "invalid-request")]
    [InlineData("/benches", """{"name":"../x","image":"a:b","redisImage":"a:b"}""", "invalid-name")]
    [InlineData("/benches", """{"name":"alpha","image":"a b","redisImage":"a:b"}""", "invalid-name")]
    [InlineData("/benches", """{"name":"alpha","image":"a:b","redisImage":"a:b","limits":{"backendMegabytes":1,"workerMegabytes":1,"smallServiceMegabytes":1}}""", "invalid-request")]
    [InlineData("/benches/alpha/sites", """{"name":"a.b\n","administratorPassword":"longenough","apps":[]}""", "invalid-name")]
    [InlineData("/benches/alpha/sites", """{"name":"a.test","administratorPassword":"short","apps":[]}""", "invalid-request")]
    [InlineData("/benches/alpha/sites", """{"name":"a.test","administratorPassword":"two\nlines here","apps":[]}""", "invalid-request")]
    [InlineData("/benches/alpha/sites", """{"name":"a.test","administratorPassword":"longenough"}""", "invalid-request")]
    [InlineData("/benches/alpha/sites", """{"name":"a.test","administratorPassword":"longenough","apps":[null]}""", "invalid-request")]
    [InlineData("/benches/alpha/sites", """{"name":"a.test","administratorPassword":"longenough","apps":["rm -rf"]}""", "invalid-name")]
    public async Task A_bad_request_becomes_no_job(string path, string body, string code)
    {
        using var response = await PostAsync(path, body, Key);
        await AssertProblemAsync(response, 400, code);
        Assert.Equal("[]", await portal.GetStringAsync(AgentRoutes.Jobs, Cancel));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nope")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_change_needs_a_key(string? key)
    {
        using var response = await PostAsync(AgentRoutes.Benches, Bench, key);
        await AssertProblemAsync(response, 400, "idempotency-key");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var response = await PostAsync(AgentRoutes.Benches, new string(' ', 100_000), Key);
        await AssertProblemAsync(response, 413, "too-large");
    }

    [Fact]
    public async Task A_key_makes_one_job_and_the_feed_tells_it_to_its_end()
    {
        using var first = await PostAsync(AgentRoutes.Benches, Bench, Key);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        using var again = await PostAsync(AgentRoutes.Benches, Bench.Replace(",", ", ", StringComparison.Ordinal), Key);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        using var other = await PostAsync(AgentRoutes.Benches, Bench.Replace("alpha", "beta", StringComparison.Ordinal), Key);
        await AssertProblemAsync(other, 409, "key-reused");

        // There is no engine here: the job fails in its first step, and says so.
        var events = await ReadFeedAsync($"{AgentRoutes.Feed}?after=0", told => told.Job?.State == JobState.Failure);
        Assert.Equal(FeedEventKind.Hello, events[0].Kind);
        Assert.Equal(Enumerable.Range(1, events.Count - 1).Select(number => (long)number), events.Skip(1).Select(told => told.Number));
        Assert.Equal(JobErrorCodes.EngineUnavailable, events[^1].Job!.Error!.Code);

        // From a number on; everything again for a reader of another epoch.
        var epoch = events[0].Epoch;
        var rest = await ReadFeedAsync($"{AgentRoutes.Feed}?after=2&epoch={epoch}", told => told.Job?.State == JobState.Failure);
        Assert.Equal(3, rest[1].Number);
        var all = await ReadFeedAsync($"{AgentRoutes.Feed}?after=2&epoch={Key}", told => told.Job?.State == JobState.Failure);
        Assert.Equal(1, all[1].Number);
    }

    [Fact]
    public async Task A_server_without_an_engine_still_says_how_it_is()
    {
        var server = JsonSerializer.Deserialize(await portal.GetStringAsync(AgentRoutes.Server, Cancel), AgentJson.Default.ServerInfo)!;
        Assert.Null(server.DockerVersion);
        Assert.True(server.MemoryTotalBytes > 0 && server.DiskFreeBytes > 0 && server.UptimeSeconds > 0);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.TryAddWithoutValidation(AgentRoutes.IdempotencyKeyHeader, key);

        return await portal.SendAsync(request, Cancel);
    }

    private async Task<List<FeedEvent>> ReadFeedAsync(string path, Func<FeedEvent, bool> last)
    {
        using var reader = new StreamReader(await portal.GetStreamAsync(path, Cancel));
        var events = new List<FeedEvent>();
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            events.Add(JsonSerializer.Deserialize(line, AgentJson.Default.FeedEvent)!);
            if (last(events[^1]))
                break;
        }

        return events;
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = AgentInstance.Problem(text);
        Assert.Equal((status, code), ((int)response.StatusCode, problem.Code));
        Assert.Equal(status, problem.Status);
        Assert.NotEmpty(problem.Title);
    }

    private sealed class LifetimeOfTest : IHttpRequestLifetimeFeature
    {
        private readonly TaskCompletionSource aborted = new();

        public Task Task => aborted.Task;

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => aborted.TrySetResult();
    }
}

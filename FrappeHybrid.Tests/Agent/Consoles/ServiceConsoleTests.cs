using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Consoles;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Consoles;

/// <summary>A real container on the real engine: every line once, while its log is rotated, and over a restart and a new container.</summary>
[Trait("Category", "Docker")]
public sealed class ServiceConsoleTests : IAsyncDisposable
{
    // 200 numbered lines every 10 ms, from 1 on with each start.
    private const string Writer = "i=1; while :; do seq -f 'line %.0f of many' $i $((i+199)); i=$((i+200)); sleep 0.01; done";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string name = $"console-test-{Guid.CreateVersion7():N}";
    private readonly DockerConnection engine = new("/var/run/docker.sock", TimeProvider.System);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await new DockerEngine(engine).RemoveContainerAsync(name, CancellationToken.None);
        engine.Dispose();
    }

    [Fact]
    public async Task While_the_log_is_rotated_every_line_comes_once()
    {
        await RunAsync(Writer, "512k");
        await using var reader = new Reader(engine, name, tail: 100, after: null);

        await reader.UntilAsync(() => reader.Numbers.Count >= 60_000);

        Assert.Equal(0, reader.Skipped);
        Assert.Equal(Enumerable.Range(reader.Numbers[0], reader.Numbers.Count), reader.Numbers);
        Assert.Empty(reader.Notices);
    }

    [Fact]
    public async Task Who_comes_back_goes_on_at_the_line_that_it_had()
    {
        await RunAsync(Writer, "10m");
        var seen = new List<LogLine>();
        for (var round = 0; round < 4; round++)
        {
            await using var reader = new Reader(engine, name, tail: 100, after: LogMark.OfLast(seen));
            await reader.UntilAsync(() => reader.Lines.Count >= 3_000);
            seen.AddRange(reader.Lines);
        }

        var numbers = seen.ConvertAll(line => Reader.NumberOf(line.Text));
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
    }

    [Fact]
    public async Task A_restart_and_a_new_container_are_said_and_nothing_is_lost_after_them()
    {
        await RunAsync(Writer, "10m");
        await using var reader = new Reader(engine, name, tail: 100, after: null);
        await reader.UntilAsync(() => reader.Numbers.Count >= 1_000);

        await Shell.RunAsync("docker", "restart", "-t", "0", name);
        await reader.UntilAsync(() => reader.Notices.Contains("container restarted"));
        await MoreAsync(reader);
        await Shell.RunAsync("docker", "rm", "-f", name);
        await RunAsync(Writer, "10m");
        await reader.UntilAsync(() => reader.Notices.Contains("container recreated"));
        await MoreAsync(reader);

        var lives = reader.Lives();
        Assert.Equal(3, lives.Count);
        Assert.All(lives, life => Assert.Equal(Enumerable.Range(life[0], life.Count), life));
        Assert.All(lives.Skip(1), life => Assert.Equal(1, life[0]));
    }

    [Fact]
    public async Task A_quiet_container_that_speaks_again_says_each_line_once_on_each_of_its_outputs()
    {
        await RunAsync("echo 'line 1'; echo 'line 2' >&2; read go; echo 'line 3' >&2; echo 'line 4'; printf 'line 5'; read end", "10m");
        await using var reader = new Reader(engine, name, tail: 100, after: null);
        await reader.UntilAsync(() => reader.Numbers.Count == 2);
        await Shell.RunAsync("sh", "-c", $"echo go | timeout -s KILL 5 docker attach --sig-proxy=false {name} || true");
        await reader.UntilAsync(() => reader.Notices.Count > 0 || reader.Numbers.Count >= 4);
        await Shell.RunAsync("docker", "rm", "-f", name);
        await reader.UntilAsync(() => reader.Notices.Count > 0);

        Assert.Equal([1, 2, 3, 4, 5], reader.Numbers.Order());
        Assert.Equal([2, 3], reader.Lines.Where(line => line.IsError).Select(line => Reader.NumberOf(line.Text)));
    }

    [Fact]
    public async Task A_container_that_writes_without_end_is_not_slowed_and_what_is_missing_is_counted()
    {
        await RunAsync("yes 'line 1 of a flood' | head -n 6000000; echo 'line 2'; read end", "10m");
        await using var reader = new Reader(engine, name, tail: 10, after: null);
        await reader.UntilAsync(() => reader.Numbers.Count > 0 && reader.Numbers[^1] == 2);
        Assert.True(reader.Skipped > 0);
        Assert.InRange(reader.Skipped + reader.Numbers.Count, 4_000_000, 6_000_001 + 60_000);
    }

    private static Task MoreAsync(Reader reader)
    {
        var enough = reader.Numbers.Count + 3_000;
        return reader.UntilAsync(() => reader.Numbers.Count >= enough);
    }

    private Task<string> RunAsync(string script, string size) =>
        Shell.RunAsync("docker", "run", "-d", "-i", "--name", name, "--log-opt", $"max-size={size}", "--log-opt", "max-file=3", "--entrypoint", "sh", LabImages.Require().Redis, "-c", script);

    /// <summary>Reads a console as a portal does.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        private readonly IAsyncEnumerator<LogBatch> batches;
        private readonly Task following;

        public Reader(DockerConnection engine, string container, int tail, LogMark? after)
        {
            var outlet = new LogOutlet(TimeProvider.System);
            following = new ServiceConsole(new DockerEngine(engine), container, TimeProvider.System).FollowAsync(outlet, tail, after, leave.Token);
            batches = outlet.ReadAsync(leave.Token).GetAsyncEnumerator(leave.Token);
        }

        public List<LogLine> Lines { get; } = [];

        public List<int> Numbers { get; } = [];

        public List<string> Notices { get; } = [];

        public long Skipped { get; private set; }

        public static int NumberOf(string text) => int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

        public async Task UntilAsync(Func<bool> isEnough)
        {
            while (!isEnough())
            {
                Assert.True(await batches.MoveNextAsync().AsTask().WaitAsync(Patience, Cancel));
                Lines.AddRange(batches.Current.Lines);
                Numbers.AddRange(batches.Current.Lines.Select(line => NumberOf(line.Text)));
                Skipped += batches.Current.Skipped;
                if (batches.Current.Notice is { } notice)
                    Notices.Add(notice);
            }
        }

        /// <summary>The numbers, parted where they begin anew.</summary>
        public List<List<int>> Lives()
        {
            var lives = new List<List<int>> { new() };
            foreach (var number in Numbers)
            {
                if (number == 1 && lives[^1].Count > 0)
                    lives.Add([]);
                lives[^1].Add(number);
            }

            return lives;
        }

        public async ValueTask DisposeAsync()
        {
            await leave.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await batches.DisposeAsync();
            leave.Dispose();
        }
    }
}

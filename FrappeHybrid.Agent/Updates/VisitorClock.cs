using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Counts how long visitors get no page: asks for one through the server's nginx every 50 ms, from its making to its end.</summary>
internal sealed class VisitorClock : IAsyncDisposable
{
    private const int Ok = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider time;
    private readonly Task work;
    private TimeSpan down;
    private long? downSince;

    public VisitorClock(HttpProbe http, AgentOptions options, SiteName site, TimeProvider time)
    {
        this.time = time;
        work = CountAsync(http, options.NginxPort, site);
    }

    /// <summary>The time without a page so far.</summary>
    public TimeSpan Down
    {
        get
        {
            lock (stop)
                return down + (downSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task CountAsync(HttpProbe http, int port, SiteName site)
    {
        while (!stop.IsCancellationRequested)
        {
            // A request that waits in vain counts from its beginning; one that is answered late, until its answer.
            var asked = time.GetTimestamp();
            var answer = await http.GetAsync(port, site.Value, "/api/method/ping", stop.Token);
            lock (stop)
            {
                if (answer.Status != Ok)
                {
                    downSince ??= asked;
                }
                else if (downSince is { } since)
                {
                    down += time.GetElapsedTime(since);
                    downSince = null;
                }
            }

            await Task.Delay(Interval, time, stop.Token);
        }
    }
}

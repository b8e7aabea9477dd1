using System.Globalization;

namespace FrappeHybrid.Tests.Measure.Update;

/// <summary>A client that asks a site for a page every 20 ms, and counts how long it gets none.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private readonly HttpClient client;
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public Visitor(int port, string site)
    {
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            Timeout = TimeSpan.FromSeconds(2),
        };
        client.DefaultRequestHeaders.Host = site;
        work = AskAsync();
    }

    /// <summary>Sum of the times from the first answer that was no page to the next that was one.</summary>
    public TimeSpan Down { get; private set; }

    /// <summary>Pages that it got.</summary>
    public int Pages { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stop.Dispose();
    }

    private async Task AskAsync()
    {
        long? since = null;
        while (!stop.IsCancellationRequested)
        {
            var asked = TimeProvider.System.GetTimestamp();
            if (!await HasPageAsync())
            {
                since ??= asked;
            }
            else
            {
                Pages++;
                if (since is { } first)
                    Down += TimeProvider.System.GetElapsedTime(first);
                since = null;
            }

            var rest = Interval - TimeProvider.System.GetElapsedTime(asked);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, stop.Token);
        }
    }

    private async Task<bool> HasPageAsync()
    {
        try
        {
            using var answer = await client.GetAsync("/api/method/ping", stop.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}

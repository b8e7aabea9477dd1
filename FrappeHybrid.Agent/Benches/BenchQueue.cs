using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// What waits in a bench's queue, asked of its Redis directly. Frappe's queues (rq) are lists named in the set rq:queues; the id of a job begins with the
/// name of its site.
/// </summary>
internal sealed class BenchQueue(DockerEngine engine, TimeProvider time)
{
    private const int MostJobs = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How many jobs of the site wait for a worker; null when the queue does not answer.</summary>
    public async Task<int?> CountAsync(BenchName bench, SiteName site, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var container = await engine.FindContainerAsync(BenchContainers.NameOf(bench, BenchService.RedisQueue), any.Token);
            var address = container?.NetworkSettings?.Networks?.GetValueOrDefault(BenchContainers.NetworkOf(bench))?.IPAddress;
            if (container is not { State.Running: true } || string.IsNullOrEmpty(address))
                return null;

            using var client = new TcpClient();
            await client.ConnectAsync(address, 6379, any.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var count = 0;
            foreach (var queue in await AskAsync(stream, reader, ["SMEMBERS", "rq:queues"], any.Token))
            {
                var jobs = await AskAsync(stream, reader, ["LRANGE", queue, "0", MostJobs.ToString(CultureInfo.InvariantCulture)], any.Token);
                count += jobs.Count(job => job.StartsWith($"{site}::", StringComparison.Ordinal));
            }

            return count;
        }
        catch (Exception exception) when (exception is SocketException or IOException or FormatException or DockerException || exception is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>One command whose answer is an array of texts without line ends.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(NetworkStream stream, StreamReader reader, IReadOnlyList<string> command, CancellationToken cancel)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Count}\r\n");
        foreach (var part in command)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.Latin1.GetByteCount(part)}\r\n{part}\r\n");

        await stream.WriteAsync(Encoding.Latin1.GetBytes(text.ToString()), cancel);
        var head = await reader.ReadLineAsync(cancel);
        if (head is not ['*', ..] || !int.TryParse(head.AsSpan(1), CultureInfo.InvariantCulture, out var length) || length is < 0 or > MostJobs + 1)
            throw new FormatException("Redis answers something else than a list.");

        var items = new List<string>(length);
        for (var index = 0; index < length; index++)
        {
            await reader.ReadLineAsync(cancel);
            items.Add(await reader.ReadLineAsync(cancel) ?? throw new IOException("Redis has left."));
        }

        return items;
    }
}

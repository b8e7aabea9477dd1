using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Asks a bench's Redis, which has no password, for lists of texts: the part of RESP2 that is needed for it, straight to the container, because an image need not hold a client.</summary>
internal sealed class RedisClient : IAsyncDisposable
{
    private const int LongestText = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly TcpClient client = new();
    private StreamReader reader = StreamReader.Null;

    public static async Task<RedisClient> ConnectAsync(string address, int port, CancellationToken cancel)
    {
        var redis = new RedisClient();
        try
        {
            await redis.client.ConnectAsync(address, port, cancel).AsTask().WaitAsync(Limit, cancel);
            redis.reader = new StreamReader(redis.client.GetStream(), Encoding.Latin1);
            return redis;
        }
        catch (TimeoutException exception)
        {
            await redis.DisposeAsync();
            throw new IOException("no connection within 10 seconds", exception);
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>The elements of the array that the command answers with.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel, params string[] command)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"*{command.Length}\r\n"));
            foreach (var word in command)
                text.Append(CultureInfo.InvariantCulture, $"${Encoding.Latin1.GetByteCount(word)}\r\n{word}\r\n");

            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text.ToString()), limit.Token);
            var elements = new List<string>();
            for (var left = await NumberAsync('*', limit.Token); left > 0; left--)
                elements.Add(await TextAsync(await NumberAsync('$', limit.Token), limit.Token));

            return elements;
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw new IOException("no answer within 10 seconds", exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<int> NumberAsync(char kind, CancellationToken cancel)
    {
        var line = await reader.ReadLineAsync(cancel) ?? throw new IOException("closed");
        return line.StartsWith(kind) && int.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new IOException($"Redis answered {line}");
    }

    private async Task<string> TextAsync(int length, CancellationToken cancel)
    {
        if (length is < 0 or > LongestText)
            throw new IOException("Redis answered something too long.");

        var text = new char[length + 2];
        var read = await reader.ReadBlockAsync(text, cancel);
        return read == text.Length ? new string(text, 0, length) : throw new IOException("closed");
    }
}

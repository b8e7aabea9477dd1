using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FrappeHybrid.Agent.Benches;

/// <summary>One command to a Redis of a bench, straight to its container: an image need not hold a client.</summary>
internal static class RedisWire
{
    private const int Port = 6379;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>What it answers: one text, or those of a list; null when it does not answer or refuses.</summary>
    public static async Task<IReadOnlyList<string>?> AskAsync(string address, CancellationToken cancel, params string[] command)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Encode(command), limit.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await ReadAsync(reader, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ArgumentException or FormatException || exception is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static byte[] Encode(string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var word in command)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<IReadOnlyList<string>?> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var line = await reader.ReadLineAsync(cancel);
        if (line is not { Length: > 0 } || line[0] == '-')
            return null;

        if (line == "$-1")
            return [];

        if (line[0] != '*')
            return line[0] == '$' ? [await reader.ReadLineAsync(cancel) ?? ""] : [line[1..]];

        var items = new List<string>();
        for (var count = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture); count > 0; count--)
            items.AddRange(await ReadAsync(reader, cancel) ?? []);

        return items;
    }
}

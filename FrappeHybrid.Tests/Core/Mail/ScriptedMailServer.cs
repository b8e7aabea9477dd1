using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>A mail server that says what a test tells it to: the answers in their order, one for the greeting and one for each line that comes.</summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public ScriptedMailServer(params string[] answers)
    {
        listener.Start();
        work = ServeAsync(answers);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Ends when it has said all that it has to say.</summary>
    public TaskCompletionSource IsSilent { get; } = new();

    /// <summary>What was said to it.</summary>
    public List<string> Heard { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ServeAsync(string[] answers)
    {
        using var client = await listener.AcceptTcpClientAsync(stop.Token);
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var isData = false;
        foreach (var (index, answer) in answers.Index())
        {
            if (index > 0)
            {
                string? line;
                do
                {
                    line = await reader.ReadLineAsync(stop.Token);
                    if (line is null)
                        return;
                    Heard.Add(line);
                }
                while (isData && line != ".");
            }

            if (answer.Length == 0)
                return;
            isData = answer.StartsWith("354", StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), stop.Token);
        }

        IsSilent.TrySetResult();
        await reader.ReadToEndAsync(stop.Token);
    }
}

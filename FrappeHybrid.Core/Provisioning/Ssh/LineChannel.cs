using System.Text;
using System.Threading.Channels;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>Turns output that comes in pieces into lines of bounded length, for one reader.</summary>
internal sealed class LineChannel
{
    private const int LongestLine = 8000;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly StringBuilder rest = new();

    /// <summary>Adds a piece.</summary>
    public void Add(string text)
    {
        foreach (var character in text)
        {
            if (character == '\n' || rest.Length >= LongestLine)
                Flush();
            if (character != '\n')
                rest.Append(character);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        if (rest.Length > 0)
            Flush();
        lines.Writer.TryComplete();
    }

    /// <summary>The lines, until <see cref="End"/>.</summary>
    public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancel) => lines.Reader.ReadAllAsync(cancel);

    /// <summary>A line that is there already; false when there is none.</summary>
    public bool TryRead(out string line)
    {
        var isThere = lines.Reader.TryRead(out var read);
        line = read ?? "";
        return isThere;
    }

    /// <summary>False when nothing more comes.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancel) => lines.Reader.WaitToReadAsync(cancel);

    private void Flush()
    {
        lines.Writer.TryWrite(rest.ToString());
        rest.Clear();
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Terminals;

/// <summary>The window of a terminal's person. When it is disposed of, the terminal waits some minutes for another one.</summary>
public sealed class TerminalViewer : IDisposable
{
    private readonly TerminalSession session;
    private readonly TerminalScreen.Reader reader;

    internal TerminalViewer(TerminalSession session)
    {
        this.session = session;
        reader = session.Screen.Open();
        session.Seen();
    }

    /// <summary>What was printed lately, then all that is printed; its last piece says why it ended.</summary>
    public async IAsyncEnumerable<TerminalPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await session.Screen.ReadAsync(reader, cancel) is { } piece)
            yield return piece;
    }

    /// <summary>The window has shown so many bytes more; without that the shell waits after a while.</summary>
    public void Take(long bytes) => session.Screen.Take(reader, bytes);

    /// <summary>Types something.</summary>
    /// <param name="text">What.</param>
    /// <param name="isByHand">False for what the widget answers to a program by itself: it keeps no terminal open.</param>
    public void Type(string text, bool isByHand = true) => session.Type(Encoding.UTF8.GetBytes(text), isByHand);

    /// <summary>The window has another size.</summary>
    public void Resize(TerminalSize size) => session.Resize(size);

    /// <summary>Ends the terminal.</summary>
    public void End(TerminalEnd why) => session.End(why);

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Screen.Close(reader);
        session.Seen();
    }
}

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The words in the corner: what was begun here, how it ended, and the way back where there is one.</summary>
public sealed class Toasts
{
    private const int Most = 4;
    private readonly List<Toast> shown = [];
    private long last;

#pragma warning disable MA0046 // a plain callback within one circuit: no sender, no arguments
    /// <summary>Raised on the circuit's own thread.</summary>
    public event Action? Changed;
#pragma warning restore MA0046

    public IReadOnlyList<Toast> Shown => shown;

    /// <summary>Something was done.</summary>
    public Toast Say(string text, string? href = null) => Add(new Toast(++last, text, href));

    /// <summary>A job was begun; its end is told in the same place.</summary>
    /// <param name="undoSiteId">The site that the job drops: when it has, "Undo" is offered.</param>
    public Toast Follow(Guid jobId, string text, string href, Guid? undoSiteId = null) => Add(new Toast(++last, text, href, jobId, UndoSiteId: undoSiteId) { IsRunning = true });

    /// <summary>Something was not done.</summary>
    public Toast Fail(string text, Error problem, string? href = null) => Add(new Toast(++last, text, href, Problem: problem));

    public void Replace(Toast toast)
    {
        ArgumentNullException.ThrowIfNull(toast);
        var at = shown.FindIndex(each => each.Number == toast.Number);
        if (at < 0)
            return;
        shown[at] = toast;
        Changed?.Invoke();
    }

    public void Close(long number)
    {
        if (shown.RemoveAll(toast => toast.Number == number) > 0)
            Changed?.Invoke();
    }

    private Toast Add(Toast toast)
    {
        if (shown.Count >= Most)
            shown.RemoveAt(0);
        shown.Add(toast);
        Changed?.Invoke();
        return toast;
    }
}

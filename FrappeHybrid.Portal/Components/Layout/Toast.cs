namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>A short word about something that happened, in the corner.</summary>
/// <param name="Number">Of this desktop, counting up.</param>
/// <param name="Text">What.</param>
/// <param name="Href">Where "View" goes; null without.</param>
/// <param name="JobId">The job whose end it waits to tell; null when there is nothing to wait for.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
/// <param name="UndoSiteId">The dropped site that "Undo" brings back; null where nothing can be undone.</param>
public sealed record Toast(long Number, string Text, string? Href, Guid? JobId = null, Error? Problem = null, Guid? UndoSiteId = null)
{
    /// <summary>Something still goes on.</summary>
    public bool IsRunning { get; init; }
}

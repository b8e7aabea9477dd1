namespace FrappeHybrid.Core.Notifications;

/// <summary>How one is told of a kind.</summary>
/// <param name="Text">What it is, for a person.</param>
/// <param name="IsChosen">It was chosen right here; otherwise it is what counts everywhere.</param>
public sealed record NotificationChoiceView(NotificationKind Kind, string Text, bool InBell, bool ByEmail, bool IsChosen);

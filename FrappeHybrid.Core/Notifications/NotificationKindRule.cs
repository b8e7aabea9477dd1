using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Notifications;

/// <summary>A row of <see cref="NotificationKinds"/>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Key">Stable name, as webhooks have it: "job-failed".</param>
/// <param name="Text">For a person, e.g. "A job failed".</param>
/// <param name="Tone">How it came out.</param>
/// <param name="EmailRoles">Members with these roles get an e-mail unless something else was chosen; everybody gets it in the bell.</param>
/// <param name="Needs">Who may not do this at the place is not told.</param>
/// <param name="IsOfWhole">Also of interest to who may only see a part of the place: a server that is away takes each site on it along.</param>
/// <param name="IsPersonal">Only for the one person whom it is about; of no team, and for no webhook.</param>
public sealed record NotificationKindRule(
    NotificationKind Kind, string Key, string Text, NotificationTone Tone, IReadOnlyList<TeamRole> EmailRoles, Capability Needs = Capability.View, bool IsOfWhole = false, bool IsPersonal = false);

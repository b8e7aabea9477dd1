namespace FrappeHybrid.Core.Invitations;

/// <summary>An invitation was made or sent again.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Link">Path and token of its link when no letter can be sent: it is shown once to who invited, and stored nowhere. Null when a letter carries it.</param>
public sealed record InvitationReceipt(Guid Id, string? Link);

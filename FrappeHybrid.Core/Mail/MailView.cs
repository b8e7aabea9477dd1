namespace FrappeHybrid.Core.Mail;

/// <summary>A letter in the outbox as the operator sees it: never its text.</summary>
/// <param name="GaveUpAt">When it was given up; null while it waits.</param>
/// <param name="NextTryAt">When it is tried again; of no meaning once it was given up.</param>
public sealed record MailView(Guid Id, string To, string Subject, DateTimeOffset CreatedAt, int Attempts, string? LastError, DateTimeOffset NextTryAt, DateTimeOffset GivesUpAt, DateTimeOffset? GaveUpAt);

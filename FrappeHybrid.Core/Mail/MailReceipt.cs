namespace FrappeHybrid.Core.Mail;

/// <summary>A letter that was accepted.</summary>
/// <param name="Id">The letter's id.</param>
/// <param name="At">When.</param>
/// <param name="Answer">What the other side said, e.g. "250 OK id=1xV7ca-00087o-18".</param>
public sealed record MailReceipt(Guid Id, DateTimeOffset At, string Answer);

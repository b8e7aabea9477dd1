namespace FrappeHybrid.Core.Mail;

/// <summary>The way a letter leaves the portal.</summary>
public interface IMailTransport
{
    /// <summary>Hands it over; returns what the other side said to it, for the operator.</summary>
    /// <exception cref="MailException">It was not accepted.</exception>
    Task<string> SendAsync(MailLetter letter, CancellationToken cancel);
}

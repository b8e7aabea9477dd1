using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Mail;

/// <summary>Where acts put letters: in the same transaction as what the letter tells of, so that there is never one without the other.</summary>
public sealed class MailOutbox(SecretVault vault, MailOptions options, CoreOptions core, TimeProvider time)
{
    /// <summary>What the text is encrypted for.</summary>
    public const string Purpose = "mail";

    /// <summary>Whether letters with links can be sent. What needs them asks this first and shows <see cref="Problem"/>; a letter that is added all the same waits for a day.</summary>
    public bool IsConfigured => Problem is null;

    /// <summary>Why no letter can be sent, for the user; null when it can.</summary>
    public Error? Problem
    {
        get
        {
            if (options.IsOff)
                return new Error("mail-off", "This portal sends no e-mail: no mail server is set up.", "The operator sets Mail:Host and Mail:From in appsettings.json (docs/operations.md, Mail) and starts the portal again.");
            if (core.PublicAddress is null)
                return new Error("mail-no-address", "This portal sends no e-mail: it does not know its own address for the links.", "The operator sets Portal:PublicUrl in appsettings.json, such as https://portal.example.com, and starts the portal again.");
            return null;
        }
    }

    /// <summary>A page of the portal as a link for a letter; the address is the configured one, never what a request claimed.</summary>
    /// <param name="path">With its query, e.g. "/account/enter?token=...".</param>
    public Uri LinkTo(string path) => new(core.PublicAddress ?? throw new InvalidOperationException("Ask IsConfigured first: without Portal:PublicUrl there are no links."), path);

    /// <summary>Adds a letter to what the caller is about to save; it is sent soon after that, in the background. The footer is added there.</summary>
    /// <exception cref="ArgumentException">The address or the subject has a line break or another control character: somebody tries to write headers.</exception>
    public void Add(PortalDb db, string to, string subject, string text)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.OutgoingMails.Add(Make(to, subject, text));
    }

    internal OutgoingMail Make(string to, string subject, string text)
    {
        if (to.Any(char.IsControl))
            throw new ArgumentException("An address is one line.", nameof(to));
        if (subject.Any(char.IsControl))
            throw new ArgumentException("A subject is one line.", nameof(subject));
        var now = time.GetUtcNow();
        return new OutgoingMail
        {
            Id = NewId.At(time),
            To = to,
            Subject = subject,
            TextProtected = vault.Protect(Purpose, text),
            CreatedAt = now,
            NextTryAt = now,
            GivesUpAt = now + OutgoingMail.Patience,
        };
    }
}

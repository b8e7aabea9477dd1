using System.Text;

namespace FrappeHybrid.Core.Mail;

/// <summary>What a letter says: plain text, paragraphs with an empty line between, a link on a line of its own.</summary>
public sealed record MailText(string Subject, string Body)
{
    /// <summary>A text of those paragraphs.</summary>
    public static MailText Of(string subject, params IReadOnlyList<string> paragraphs) => new(subject, string.Join("\n\n", paragraphs));

    /// <summary>The operator's letter to themselves.</summary>
    public static MailText Test(Uri portal) => Of(
        "A test letter from your portal",
        "This letter was asked for on the page \"Mail\" of your portal. It came through, so that invitations, new passwords and notices come through as well.",
        "If it lies among unwanted mail, the domain of the sender's address needs SPF, DKIM or DMARC records that allow your mail server.",
        portal.AbsoluteUri);

    /// <summary>The text with the footer that all letters have.</summary>
    /// <param name="sender">The sender's name, or the address when there is none.</param>
    /// <param name="portal">The portal's address, when it is known.</param>
    public static string WithFooter(string body, string sender, Uri? portal)
    {
        var whole = new StringBuilder(body.ReplaceLineEndings("\n").TrimEnd());
        // "-- " begins a signature: mail programs set it apart and leave it out of answers.
        whole.Append("\n\n-- \n").Append(sender).Append('\n');
        if (portal is not null)
            whole.Append(portal.AbsoluteUri).Append('\n');
        return whole.Append("The portal wrote this letter by itself; answers to it are not read.\n").ToString();
    }
}

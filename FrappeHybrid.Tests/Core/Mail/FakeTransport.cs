using FrappeHybrid.Core.Mail;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>A mail server that takes everything, unless a test says otherwise.</summary>
internal sealed class FakeTransport : IMailTransport
{
    public List<MailLetter> Letters { get; } = [];

    /// <summary>Asked for each letter before it is taken; may throw.</summary>
    public Func<MailLetter, Task>? Before { get; set; }

    /// <summary>The letter was taken, and the portal does not know it yet.</summary>
    public Func<Task>? After { get; set; }

    public int Asked { get; private set; }

    public async Task<string> SendAsync(MailLetter letter, CancellationToken cancel)
    {
        Asked++;
        if (Before is not null)
            await Before(letter);
        Letters.Add(letter);
        if (After is not null)
            await After();
        return "250 OK";
    }
}

using FrappeHybrid.Core.Mail;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The operator's look at the letters: how they are sent, what waits and why, and a test.</summary>
public partial class MailPage
{
    private const string Example = """
        "Portal": { "PublicUrl": "https://portal.example.com" },
        "Mail": {
          "From": "portal@example.com",
          "FromName": "Example Hosting",
          "Host": "mail.example.com",
          "User": "portal@example.com",
          "PasswordFile": "/etc/frappe-hybrid/mail-password"
        }
        """;

    private static readonly StateLook On = new(IconName.Ok, "ok", "Set up");
    private static readonly StateLook Files = new(IconName.Draft, "idle", "To files");
    private static readonly StateLook Off = new(IconName.Idle, "idle", "Not set up");
    private static readonly StateLook Waiting = new(IconName.Idle, "idle", "Waiting");
    private static readonly StateLook Retried = new(IconName.Warn, "warn", "Retried");
    private static readonly StateLook Failed = new(IconName.Fail, "fail", "Failed");
    private static readonly StateLook Sending = new(IconName.Running, "running", "Sending");
    private static readonly StateLook Accepted = new(IconName.Ok, "ok", "Accepted");
    private IReadOnlyList<MailView> letters = [];
    private IReadOnlyList<MailFileView> files = [];
    private MailSetup? setup;
    private MailReceipt? accepted;
    private MailReceipt? testAccepted;
    private Guid? testId;
    private Error? problem;
    private bool isBusy;

    [Inject]
    private MailQueries Mail { get; set; } = null!;

    [Inject]
    private SendTestMail SendTestMail { get; set; } = null!;

    [Inject]
    private RetryMail RetryMail { get; set; } = null!;

    [Inject]
    private DeleteMail DeleteMail { get; set; } = null!;

    // There is somewhere to send letters to, whether or not links can be made.
    private bool CanSend => setup is { Server: not null } or { Folder: not null };

    private bool IsTestUnderWay => letters.Any(letter => letter.Id == testId && letter is { Attempts: 0, GaveUpAt: null });

    private string Summary
    {
        get
        {
            var failed = letters.Count(letter => letter.GaveUpAt is not null);
            return failed == 0 ? $"{letters.Count} waiting" : $"{letters.Count - failed} waiting, {failed} failed";
        }
    }

    private (StateLook Look, string Sentence)? Test
    {
        get
        {
            if (testId is null)
                return null;
            if (letters.FirstOrDefault(letter => letter.Id == testId) is not { } letter)
                return (Accepted, testAccepted is { } receipt ? $"{(setup?.Folder is null ? $"{setup?.Server} has taken it" : "It is in the folder")}: {receipt.Answer}. {(setup?.Folder is null ? "Look into your mailbox, also among unwanted mail." : "")}" : "It has left the outbox.");
            if (letter.GaveUpAt is not null)
                return (Failed, letter.LastError ?? "");
            return letter.Attempts == 0 ? (Sending, $"On its way to {letter.To}.") : (Retried, letter.LastError ?? "");
        }
    }

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(OutgoingMail);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        setup = Mail.Setup(Actor);
        letters = await Mail.ListAsync(Actor, cancel);
        files = await Mail.FilesAsync(Actor, cancel);
        accepted = Mail.LastAccepted(Actor);
        if (accepted is { } last && last.Id == testId)
            testAccepted = last;
    }

    private static StateLook LookOf(MailView letter) => letter.GaveUpAt is not null ? Failed : letter.Attempts > 0 ? Retried : Waiting;

    private static string SecurityText(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => "encrypted (STARTTLS)",
        MailSecurity.Tls => "encrypted (TLS)",
        MailSecurity.None => "not encrypted",
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, "Not a way to send."),
    };

    private async Task SendTestAsync()
    {
        isBusy = true;
        var asked = await SendTestMail.RunAsync(Actor, Gone);
        problem = asked.Error;
        (testId, testAccepted) = (asked.IsDone ? asked.Value : null, null);
        isBusy = false;
        await ReloadAsync();
    }

    private async Task DeleteAsync(MailView letter)
    {
        if (letter.Id == testId)
            testId = null;
        await DoAsync(() => DeleteMail.RunAsync(Actor, letter.Id, Gone));
    }

    private async Task DoAsync(Func<Task<Result>> act)
    {
        isBusy = true;
        problem = (await act()).Error;
        isBusy = false;
        await ReloadAsync();
    }
}

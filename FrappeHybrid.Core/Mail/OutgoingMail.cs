using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Mail;

/// <summary>A letter that waits to be sent. It may hold a link that opens an account, so that its text is encrypted, and the row goes when it is sent.</summary>
public sealed class OutgoingMail
{
    /// <summary>How long it is tried.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>How long one that was given up stays for the operator to see.</summary>
    public static readonly TimeSpan KeepFailed = TimeSpan.FromDays(7);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Also the letter's Message-ID: one that was sent twice, because the portal was killed in between, is recognisable.</summary>
    public required Guid Id { get; init; }

    /// <summary>One e-mail address.</summary>
    public required string To { get; init; }

    /// <summary>One line without a secret.</summary>
    public required string Subject { get; init; }

    /// <summary>The plain text, encrypted at rest (purpose "mail").</summary>
    public required string TextProtected { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tries that failed since it was written or the operator asked for another.</summary>
    public int Attempts { get; private set; }

    /// <summary>Why the last try failed: a sentence with the server's answer, without anything of the text.</summary>
    public string? LastError { get; private set; }

    /// <summary>Not tried before this.</summary>
    public required DateTimeOffset NextTryAt { get; set; }

    /// <summary>Given up then.</summary>
    public required DateTimeOffset GivesUpAt { get; set; }

    /// <summary>When it was given up; null while it waits.</summary>
    public DateTimeOffset? GaveUpAt { get; private set; }

    /// <summary>A try failed: the next comes after a minute, then two, four, up to an hour.</summary>
    public void Fail(string error, DateTimeOffset now)
    {
        Attempts++;
        LastError = error;
        NextTryAt = now + Backoff.After(Attempts, FirstWait, LongestWait);
    }

    /// <summary>No further try.</summary>
    public void GiveUp(string error, DateTimeOffset now)
    {
        LastError = error;
        GaveUpAt = now;
    }

    /// <summary>The operator wants another try, now and for another day.</summary>
    public void TryAgain(DateTimeOffset now)
    {
        Attempts = 0;
        GaveUpAt = null;
        NextTryAt = now;
        GivesUpAt = now + Patience;
    }
}

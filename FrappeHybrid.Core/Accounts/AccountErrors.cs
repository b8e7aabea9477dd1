using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Accounts;

/// <summary>What several acts of an account answer alike.</summary>
public static class AccountErrors
{
    /// <summary>The password that was asked for again is not the user's.</summary>
    public static readonly Error WrongPassword = new("password-wrong", "That is not your password.", "Type the password with which you sign in.");

    /// <summary>Not an address at all.</summary>
    public static readonly Error EmailInvalid = new("email-invalid", "That is not an e-mail address.", "Write it as name@example.com.");

    /// <summary>The portal has no way to send letters.</summary>
    public static readonly Error NoMail = new("mail-not-configured", "This portal cannot send e-mail.", "Ask your operator for a sign-in link.");

    /// <summary>Why the text is no e-mail address; null when it is one.</summary>
    public static Error? EmailProblem(string email) =>
        System.Net.Mail.MailAddress.TryCreate(email, out var address) && address.Address == email && email.Length <= 254 ? null : EmailInvalid;

    /// <summary>Too many tries; says how long to wait.</summary>
    public static Error TooMany(TimeSpan wait) => new("too-many-tries", $"Too many tries. Wait {Words(wait)}, then try again.");

    /// <summary>"40 seconds", "3 minutes": rounded up, so that nobody comes too early.</summary>
    public static string Words(TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        if (seconds < 120)
            return seconds <= 1 ? "a second" : $"{seconds} seconds";
        return $"{(seconds + 59) / 60} minutes";
    }
}

using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>The letters that wait to be sent.</summary>
internal static partial class Mailbox
{
    public static async Task<IReadOnlyList<(string Subject, string Text)>> ReadAsync(IDbContextFactory<PortalDb> databases, SecretVault vault, string to)
    {
        await using var db = await databases.CreateDbContextAsync();
        var letters = await db.OutgoingMails.Where(mail => mail.To == to).ToListAsync();
        return [.. letters.OrderBy(mail => mail.Id).Select(mail => (mail.Subject, vault.Open(MailOutbox.Purpose, mail.TextProtected)))];
    }

    /// <summary>The secret of the link in the last letter.</summary>
    public static async Task<string> TokenAsync(IDbContextFactory<PortalDb> databases, SecretVault vault, string to) =>
        Token().Match((await ReadAsync(databases, vault, to))[^1].Text).Groups["token"].Value;

    [GeneratedRegex("https?://\\S+/account/[a-z]+#(?<token>[0-9a-f]{64})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}

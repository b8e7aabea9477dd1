using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace FrappeHybrid.Core.Mail;

/// <summary>A letter as it goes over the wire: RFC 5322 with a plain text in UTF-8, all of it ASCII.</summary>
/// <param name="Id">Becomes the Message-ID.</param>
/// <param name="From">The sender's address.</param>
/// <param name="FromName">The sender's name; may be empty.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The whole text, with its footer.</param>
/// <param name="At">When it was written.</param>
public sealed record MailLetter(Guid Id, string From, string FromName, string To, string Subject, string Text, DateTimeOffset At)
{
    private const int LongestLine = 76;
    private const int BytesPerWord = 42;

    /// <summary>The recipient as servers take it: the domain in its ASCII form; null when the address cannot be written so.</summary>
    public string? Recipient => ToAscii(To);

    /// <summary>The whole letter with CRLF at the ends of lines.</summary>
    /// <exception cref="InvalidOperationException">A header would have a second line, or <see cref="Recipient"/> is null.</exception>
    public byte[] ToBytes()
    {
        if (From.Any(char.IsControl) || FromName.Any(char.IsControl) || To.Any(char.IsControl) || Subject.Any(char.IsControl))
            throw new InvalidOperationException("An address, a name and a subject are one line each.");
        var whole = new StringBuilder();
        whole.Append("From: ").Append(FromName.Length == 0 ? From : $"{Phrase(FromName)} <{From}>").Append("\r\n");
        whole.Append("To: ").Append(Recipient ?? throw new InvalidOperationException("The address cannot be written in ASCII.")).Append("\r\n");
        whole.Append("Subject: ").Append(IsPlain(Subject) ? Subject : EncodedWords(Subject)).Append("\r\n");
        whole.Append("Date: ").Append(At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append("\r\n");
        whole.Append("Message-ID: <").Append(Id).Append('@').Append(From[(From.LastIndexOf('@') + 1)..]).Append(">\r\n");
        // RFC 3834: no holiday notice answers it.
        whole.Append("Auto-Submitted: auto-generated\r\n");
        whole.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        foreach (var line in Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            AppendQuotedPrintable(whole, line);
        return Encoding.ASCII.GetBytes(whole.ToString());
    }

    private static string? ToAscii(string address)
    {
        if (address.Length > 254 || address.Any(char.IsControl) || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address || parsed.User.Any(each => !char.IsAscii(each) || each is ' ' or '<' or '>'))
            return null;
        try
        {
            var host = parsed.Host.StartsWith('[') ? parsed.Host : new IdnMapping().GetAscii(parsed.Host);
            return host.All(each => char.IsAsciiLetterOrDigit(each) || each is '.' or '-' or '[' or ']' or ':') ? $"{parsed.User}@{host}" : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Phrase(string name) => IsPlain(name) ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : EncodedWords(name);

    private static bool IsPlain(string text) => text.Length <= 60 && text.All(each => each is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    // RFC 2047: words of at most 75 characters, none of which ends within a character; folded, so that no line grows too long.
    private static string EncodedWords(string text)
    {
        var words = new List<string>();
        var bytes = new List<byte>();
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (bytes.Count + length > BytesPerWord)
            {
                words.Add(Word(bytes));
                bytes.Clear();
            }

            bytes.AddRange(one[..length]);
        }

        words.Add(Word(bytes));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    // RFC 2045, 6.7.
    private static void AppendQuotedPrintable(StringBuilder whole, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var column = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            var each = bytes[index];
            var isLast = index == bytes.Length - 1;
            var isPlain = each is >= 33 and <= 126 and not (byte)'=' || (each is (byte)' ' or (byte)'\t' && !isLast);
            var width = isPlain ? 1 : 3;
            if (column + width > (isLast ? LongestLine : LongestLine - 1))
            {
                whole.Append("=\r\n");
                column = 0;
            }

            if (isPlain)
                whole.Append((char)each);
            else
                whole.Append(CultureInfo.InvariantCulture, $"={each:X2}");
            column += width;
        }

        whole.Append("\r\n");
    }
}

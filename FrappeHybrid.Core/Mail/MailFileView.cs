using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Mail;

/// <summary>A letter that was written to a file, as a person reads it.</summary>
public sealed partial record MailFileView(string Name, string To, string Subject, DateTimeOffset? At, string Text)
{
    /// <summary>Reads what <see cref="MailLetter.ToBytes"/> writes; of anything else it shows what it can.</summary>
    public static MailFileView Parse(string name, string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var parts = file.ReplaceLineEndings("\n").Split("\n\n", 2);
        var headers = parts[0].Replace("\n ", " ", StringComparison.Ordinal).Split('\n');
        var isAt = DateTimeOffset.TryParseExact(Header(headers, "Date"), "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            || DateTimeOffset.TryParse(Header(headers, "Date"), CultureInfo.InvariantCulture, out at);
        return new MailFileView(name, Decode(Header(headers, "To")), Decode(Header(headers, "Subject")), isAt ? at : null, parts.Length > 1 ? DecodeText(parts[1]) : "");
    }

    private static string Header(string[] headers, string name) =>
        headers.FirstOrDefault(header => header.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..] ?? "";

    private static string Decode(string header) =>
        EncodedWord().Replace(BetweenWords().Replace(header, "?==?"), word => Convert.TryFromBase64String(word.Groups["bytes"].Value, new byte[word.Length], out _) ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["bytes"].Value)) : word.Value);

    private static string DecodeText(string body)
    {
        var bytes = new List<byte>();
        var text = body.Replace("=\n", "", StringComparison.Ordinal);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '=' && index + 2 < text.Length && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var each))
            {
                bytes.Add(each);
                index += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([text[index]]));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"=\?utf-8\?B\?(?<bytes>[A-Za-z0-9+/=]*)\?=", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenWords();
}

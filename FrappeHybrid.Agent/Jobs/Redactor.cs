using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>Takes secrets out of text that will be stored or sent: the job's own, in every spelling in which tools print them, and what looks like one.</summary>
internal sealed partial class Redactor
{
    private const string Hidden = "[hidden]";

    private readonly Lock gate = new();
    private volatile List<string> secrets = [];

    /// <summary>From now on this text does not pass.</summary>
    public void Add(string secret)
    {
        if (secret.Length == 0)
            return;

        string[] spellings =
        [
            secret,
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret),
            JavaScriptEncoder.Default.Encode(secret),
            Uri.EscapeDataString(secret),
            secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal),
            secret.Replace("'", "''", StringComparison.Ordinal),
        ];

        // The longest first: a spelling may contain another. A new list, because readers do not lock.
        lock (gate)
            secrets = [.. secrets.Concat(spellings).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length)];
    }

    public string Clean(string text)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);

        text = IdentifiedBy().Replace(text, $"${{before}}{Hidden}${{after}}");
        return PasswordKey().Replace(text, $"${{before}}{Hidden}${{after}}");
    }

    [GeneratedRegex(@"(?<before>IDENTIFIED BY (?:PASSWORD )?')[^']*(?<after>')", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdentifiedBy();

    [GeneratedRegex(@"(?<before>['""](?:\w*password|encryption_key|\w*secret\w*)['""]: ['""])[^'""]*(?<after>['""])", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordKey();
}

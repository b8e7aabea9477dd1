using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>The name of a log file that Frappe writes, e.g. "frappe.log" or, rotated, "worker.error.log.3".</summary>
[JsonConverter(typeof(LogNameJsonConverter))]
public sealed partial record LogName
{
    private LogName(string value) => Value = value;

    /// <summary>The checked name.</summary>
    public string Value { get; }

    /// <summary>What a user is told when a name does not pass.</summary>
    public const string Rule = "A log file's name has letters, digits, dots, hyphens and underscores, and ends in .log or .log with a number.";

    /// <summary>Checks a name from outside; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LogName? name)
    {
        name = text is not null && Pattern().IsMatch(text) ? new LogName(text) : null;
        return name is not null;
    }

    /// <summary>The checked name, or a <see cref="FormatException"/> with <see cref="Rule"/>.</summary>
    public static LogName Parse(string? text) => TryParse(text, out var name) ? name : throw new FormatException(Rule);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,90}\.log(\.[0-9]{1,4})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

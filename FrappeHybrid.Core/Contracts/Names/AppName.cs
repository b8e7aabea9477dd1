using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>The name of a Frappe app, which is a Python package: 1 to 60 of a-z, 0-9 and "_", starting with a letter.</summary>
[JsonConverter(typeof(AppNameJsonConverter))]
public sealed partial record AppName
{
    private AppName(string value) => Value = value;

    /// <summary>The checked name.</summary>
    public string Value { get; }

    /// <summary>What a user is told when a name does not pass.</summary>
    public const string Rule = "An app name has small letters, digits and underscores and starts with a letter.";

    /// <summary>Checks a name from outside; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AppName? name)
    {
        name = text is not null && Pattern().IsMatch(text) ? new AppName(text) : null;
        return name is not null;
    }

    /// <summary>The checked name, or a <see cref="FormatException"/> with <see cref="Rule"/>.</summary>
    public static AppName Parse(string? text) => TryParse(text, out var name) ? name : throw new FormatException(Rule);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,59}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>
/// The name of a bench on its server: 2 to 40 of a-z, 0-9 and "-", starting with a letter and ending with a letter or digit.
/// It becomes a folder, a network and the beginning of container names, so that nothing else may pass.
/// </summary>
[JsonConverter(typeof(BenchNameJsonConverter))]
public sealed partial record BenchName
{
    private BenchName(string value) => Value = value;

    /// <summary>The checked name.</summary>
    public string Value { get; }

    /// <summary>What a user is told when a name does not pass.</summary>
    public const string Rule = "A bench name has 2 to 40 characters: small letters, digits and hyphens. It starts with a letter and does not end with a hyphen.";

    /// <summary>Checks a name from outside; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BenchName? name)
    {
        name = text is not null && Pattern().IsMatch(text) ? new BenchName(text) : null;
        return name is not null;
    }

    /// <summary>The checked name, or a <see cref="FormatException"/> with <see cref="Rule"/>.</summary>
    public static BenchName Parse(string? text) => TryParse(text, out var name) ? name : throw new FormatException(Rule);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,38}[a-z0-9]\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>
/// A domain under which a site is reached, as DNS and nginx know it: labels of a-z, 0-9 and "-" joined by dots, at least two labels, 4 to 110 characters
/// (what one bucket of nginx, as our set-up sizes it, holds). No wildcard, no port, no address; a name with other letters in its xn-- form.
/// </summary>
[JsonConverter(typeof(DomainNameJsonConverter))]
public sealed partial record DomainName
{
    private DomainName(string value) => Value = value;

    /// <summary>The checked name.</summary>
    public string Value { get; }

    /// <summary>What a user is told when a name does not pass.</summary>
    public const string Rule = "A domain is a name such as shop.example.com: small letters, digits, hyphens and dots, at most 110 characters.";

    /// <summary>The name under which a site is known from its beginning.</summary>
    public static DomainName Of(SiteName site) => new(site.Value);

    /// <summary>Checks a name from outside; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DomainName? name)
    {
        name = text is { Length: >= 4 and <= 110 } && Pattern().IsMatch(text) ? new DomainName(text) : null;
        return name is not null;
    }

    /// <summary>The checked name, or a <see cref="FormatException"/> with <see cref="Rule"/>.</summary>
    public static DomainName Parse(string? text) => TryParse(text, out var name) ? name : throw new FormatException(Rule);

    /// <inheritdoc/>
    public override string ToString() => Value;

    // The last label holds a letter: 10.0.0.1 is an address.
    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>
/// The name of a site, which is also its first domain: labels of a-z, 0-9 and "-" joined by dots, at least two labels, 4 to 100 characters.
/// The real `bench new-site` checks nothing at all (seen on Frappe 15.50: it accepts 'Bad_Name!'), so the check is ours.
/// </summary>
[JsonConverter(typeof(SiteNameJsonConverter))]
public sealed partial record SiteName
{
    /// <summary>Names that bench or frappe_docker use for files and folders beside the sites.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "apps.txt", "apps.json", "common_site_config.json", "currentsite.txt" };

    private SiteName(string value) => Value = value;

    /// <summary>The checked name.</summary>
    public string Value { get; }

    /// <summary>What a user is told when a name does not pass.</summary>
    public const string Rule = "A site name is a domain name such as shop.example.com: small letters, digits, hyphens and dots, at most 100 characters.";

    /// <summary>Checks a name from outside; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SiteName? name)
    {
        name = text is { Length: >= 4 and <= 100 } && Pattern().IsMatch(text) && !Reserved.Contains(text) ? new SiteName(text) : null;
        return name is not null;
    }

    /// <summary>The checked name, or a <see cref="FormatException"/> with <see cref="Rule"/>.</summary>
    public static SiteName Parse(string? text) => TryParse(text, out var name) ? name : throw new FormatException(Rule);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

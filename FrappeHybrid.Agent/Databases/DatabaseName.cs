using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Databases;

/// <summary>
/// The name of a site's database and database user: "_" and 16 hex digits, as bench itself names them. Ours is made of bench and site, so that it is
/// known before the site is made and compensation can take it away without asking a half-made site. Of hex digits only: safe in SQL.
/// </summary>
internal sealed partial record DatabaseName
{
    private DatabaseName(string value) => Value = value;

    public string Value { get; }

    /// <summary>The privileged user that lives while the site is made.</summary>
    public string SetupUser => $"{Value}_setup";

#pragma warning disable CA5350 // a name, not a secret: 16 digits of SHA-1 are what bench takes too
    public static DatabaseName For(BenchName bench, SiteName site) =>
        new("_" + Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{bench}/{site}")))[..16]);
#pragma warning restore CA5350

    /// <summary>A name that nothing has: for a database that is made beside a site's own, and for a site whose own is taken.</summary>
    public static DatabaseName New() => new("_" + RandomNumberGenerator.GetHexString(16, lowercase: true));

    /// <summary>A name that a site's site_config.json gives; false when it is not one that bench or we make, which then goes into no SQL.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DatabaseName? name)
    {
        name = text is not null && Pattern().IsMatch(text) ? new DatabaseName(text) : null;
        return name is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A_[0-9a-f]{16}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Databases;

/// <summary>
/// The name of a site's database and database user: "_" and 16 hex digits, as bench itself names them. Ours is made of bench and site, so that it is
/// known before the site is made and compensation can take it away without asking a half-made site. Of hex digits only: safe in SQL.
/// </summary>
internal sealed record DatabaseName
{
    private DatabaseName(string value) => Value = value;

    public string Value { get; }

    /// <summary>The privileged user that lives while the site is made.</summary>
    public string SetupUser => $"{Value}_setup";

#pragma warning disable CA5350 // a name, not a secret: 16 digits of SHA-1 are what bench takes too
    public static DatabaseName For(BenchName bench, SiteName site) =>
        new("_" + Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{bench}/{site}")))[..16]);
#pragma warning restore CA5350

    public override string ToString() => Value;
}

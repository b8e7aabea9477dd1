using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FrappeHybrid.Portal.Account;

/// <summary>
/// A cookie that tells which accounts have signed in from this browser ("device cookie"). Such a browser has a count of failed tries of its own, so that an attack from
/// elsewhere does not keep its user out; and it may be spared the second factor for a while. It opens nothing by itself.
/// </summary>
internal sealed class KnownBrowsers(SecretVault vault, CoreOptions options, TimeProvider time)
{
    public const string Name = "frappe-hybrid.browser";

    /// <summary>How long a browser is spared the second factor.</summary>
    public static readonly TimeSpan TrustFor = TimeSpan.FromDays(30);

    // The longest that browsers keep a cookie.
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(400);
    private const string Purpose = "known-browser";
    private const int MostAccounts = 5;

    /// <summary>The browser's id for this account; null when the account does not know it.</summary>
    public Guid? BrowserOf(HttpContext context, Guid userId) => Read(context).Find(known => known.User == userId)?.Browser;

    /// <summary>Whether the second factor is not asked here now.</summary>
    public bool IsTrusted(HttpContext context, PortalUser user) =>
        Read(context).Find(known => known.User == user.Id) is { TrustedUntil: { } until, Proof: { } proof } && until > time.GetUtcNow()
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(proof), Encoding.ASCII.GetBytes(ProofOf(user)));

    /// <summary>The user has signed in here.</summary>
    /// <param name="trust">Spare the second factor here from now on; trust that is there stays otherwise.</param>
    public void Remember(HttpContext context, PortalUser user, bool trust)
    {
        var all = Read(context);
        var known = all.Find(each => each.User == user.Id) ?? new KnownBrowser(user.Id, NewId.At(time), null, null);
        if (trust)
            known = known with { TrustedUntil = time.GetUtcNow() + TrustFor, Proof = ProofOf(user) };
        all.RemoveAll(each => each.User == user.Id);
        all.Insert(0, known);
        var cookie = new CookieBuilder { MaxAge = KnownFor };
        CookieRules.Apply(cookie, Name, SameSiteMode.Strict, options);
        context.Response.Cookies.Append(cookie.Name!, vault.Protect(Purpose, JsonSerializer.Serialize(all.Take(MostAccounts))), cookie.Build(context));
    }

    private List<KnownBrowser> Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieRules.IsHttps(options) ? $"__Host-{Name}" : Name] is not { Length: > 0 and < 4096 } text)
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<KnownBrowser>>(vault.Open(Purpose, text)) ?? [];
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            return [];
        }
    }

    // Another password or another app ends the trust.
    private static string ProofOf(PortalUser user) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.SecurityStamp}|{user.AuthenticatorKeyProtected}")));

    private sealed record KnownBrowser(Guid User, Guid Browser, DateTimeOffset? TrustedUntil, string? Proof);
}

namespace FrappeHybrid.Portal.Account;

/// <summary>What all our cookies have in common.</summary>
internal static class CookieRules
{
    /// <summary>
    /// For this host only and for no script. When people reach the portal by https the browser must send it by nothing else, and the prefix keeps a neighbouring host
    /// from planting one.
    /// </summary>
    public static void Apply(CookieBuilder cookie, string name, SameSiteMode sameSite, CoreOptions options)
    {
        var isHttps = IsHttps(options);
        cookie.Name = isHttps ? $"__Host-{name}" : name;
        cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.HttpOnly = true;
        cookie.SameSite = sameSite;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    public static bool IsHttps(CoreOptions options) => options.PublicAddress?.Scheme == Uri.UriSchemeHttps;
}

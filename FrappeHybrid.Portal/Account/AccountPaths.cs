namespace FrappeHybrid.Portal.Account;

/// <summary>Addresses of the pages that work without being signed in.</summary>
internal static class AccountPaths
{
    public const string Welcome = "/welcome";
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Enter = "/account/enter";
    public const string Redeem = "/account/enter/redeem";
    public const string Denied = "/account/denied";

    /// <summary>The address to go to after signing in: only one of our own, so that nobody can send a user elsewhere with our name on the link.</summary>
    public static string LocalOrHome(string? returnUrl) =>
        returnUrl is ['/'] or ['/', not '/' and not '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";
}

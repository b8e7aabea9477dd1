namespace FrappeHybrid.Portal.Account;

/// <summary>Addresses of the account pages. Letters name some of them (Core's AccountMail).</summary>
internal static class AccountPaths
{
    public const string Welcome = "/welcome";
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Code = "/account/code";
    public const string SignUp = "/account/sign-up";
    public const string Confirm = "/account/confirm";
    public const string Forgot = "/account/forgot";
    public const string Reset = "/account/reset";
    public const string Enter = "/account/enter";
    public const string Redeem = "/account/enter/redeem";
    public const string Invitation = Core.Invitations.InvitationLetters.Path;
    public const string Denied = "/account/denied";
    public const string PasskeyOptions = "/account/passkey/options";
    public const string PasskeySignIn = "/account/passkey/sign-in";

    // Of the user who is signed in.
    public const string Account = "/account";
    public const string Password = "/account/password";
    public const string Email = "/account/email";
    public const string SecondFactor = "/account/second-factor";
    public const string Passkeys = "/account/passkeys";
    public const string PasskeyCreation = "/account/passkeys/creation";
    public const string Sessions = "/account/sessions";

    /// <summary>The address to go to after signing in: only one of our own, so that nobody can send a user elsewhere with our name on the link.</summary>
    public static string LocalOrHome(string? returnUrl) =>
        returnUrl is ['/'] or ['/', not '/' and not '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";
}

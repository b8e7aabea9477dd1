using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Accounts;

/// <summary>The letters about accounts. A link carries its token in the fragment, which no server on the way sees.</summary>
public sealed class AccountMail(MailOutbox outbox)
{
    /// <summary>Whether letters with links can be sent at all.</summary>
    public bool CanSend => outbox.IsConfigured;

    internal void ConfirmEmail(PortalDb db, string to, string token) => outbox.Add(db, to, "Confirm your e-mail address", $"""
        Somebody, hopefully you, signed up with this address. Open this link to confirm it; it works once, for 24 hours:

        {Link("confirm", token)}

        If it was not you, do nothing: the account is taken away by itself.
        """);

    internal void AlreadySignedUp(PortalDb db, PortalUser user) => outbox.Add(db, user.Email!, "You have an account already", $"""
        Somebody, hopefully you, tried to sign up with this address. There is an account with it already: sign in, or set a new password here:

        {Page("forgot")}

        If it was not you, do nothing: nothing has changed.
        """);

    internal void ResetPassword(PortalDb db, PortalUser user, string token) => outbox.Add(db, user.Email!, "Set a new password", $"""
        Somebody, hopefully you, asked for a new password. Open this link to set it; it works once, for one hour:

        {Link("reset", token)}

        If it was not you, do nothing: your password stays as it is.
        """);

    internal void PasswordChanged(PortalDb db, PortalUser user, string? address) => outbox.Add(db, user.Email!, "Your password was changed", $"""
        The password of your account was changed{From(address)}. All other browsers were signed out.

        If it was not you, set a new password at once and look at your sessions:

        {Page("forgot")}
        """);

    internal void ChangeEmail(PortalDb db, string newEmail, string token) => outbox.Add(db, newEmail, "Confirm your new e-mail address", $"""
        You asked to sign in with this address from now on. Open this link to confirm it; it works once, for 24 hours:

        {Link("confirm", token)}

        If it was not you, do nothing: nothing has changed.
        """);

    internal void EmailIsChanging(PortalDb db, PortalUser user, string newEmail, string? address) => outbox.Add(db, user.Email!, "Your e-mail address is being changed", $"""
        Somebody who is signed in to your account asked{From(address)} to change its address to {newEmail}. It is changed as soon as the link in a letter to that address is opened.

        If it was not you, change your password at once: that ends all other sessions, and the link stops working.

        {Page("password")}
        """);

    internal void EmailChanged(PortalDb db, string oldEmail, string newEmail) => outbox.Add(db, oldEmail, "Your e-mail address was changed", $"""
        Your account's address is {newEmail} now. This is the last letter to the old one.

        If it was not you, write to the operator of this portal.
        """);

    private static string From(string? address) => address is null ? "" : $" (from the address {address})";

    private string Link(string page, string token) => $"{Page(page)}#{token}";

    private string Page(string page) => outbox.LinkTo($"/account/{page}").ToString();
}

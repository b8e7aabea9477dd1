namespace FrappeHybrid.Core.Accounts;

/// <summary>What a link in a letter is for.</summary>
public enum AccountLinkPurpose
{
    /// <summary>The address belongs to whoever signed up with it.</summary>
    ConfirmEmail,

    /// <summary>The new address belongs to whoever changes to it.</summary>
    ChangeEmail,

    /// <summary>A new password may be set without the old one.</summary>
    ResetPassword,
}

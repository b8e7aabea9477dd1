namespace FrappeHybrid.Core.Accounts;

/// <summary>Who may make an account: the setting "Accounts:SignUp".</summary>
public enum SignUpMode
{
    /// <summary>Only who was invited.</summary>
    InvitationOnly,

    /// <summary>Everybody with an e-mail address.</summary>
    Open,
}

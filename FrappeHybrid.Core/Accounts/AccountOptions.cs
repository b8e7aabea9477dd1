namespace FrappeHybrid.Core.Accounts;

/// <summary>Settings of people's accounts, section "Accounts" of appsettings.json.</summary>
public sealed class AccountOptions
{
    /// <summary>Whether strangers may sign up.</summary>
    public SignUpMode SignUp { get; set; } = SignUpMode.InvitationOnly;
}

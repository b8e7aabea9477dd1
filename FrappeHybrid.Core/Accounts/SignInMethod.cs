namespace FrappeHybrid.Core.Accounts;

/// <summary>How somebody signed in.</summary>
public enum SignInMethod
{
    Password,

    /// <summary>A password and a code of the authenticator app.</summary>
    PasswordAndCode,

    /// <summary>A password and one of the recovery codes.</summary>
    PasswordAndRecoveryCode,

    Passkey,

    /// <summary>A one-time link of the operator's.</summary>
    Link,
}

namespace FrappeHybrid.Core.Teams;

/// <summary>What <see cref="SignInGuard"/> counts tries of.</summary>
public enum GuardedAct
{
    /// <summary>A password, to sign in or to change something of the account.</summary>
    Password,

    /// <summary>A code of the second factor.</summary>
    Code,

    /// <summary>Asking for a new password.</summary>
    Reset,

    /// <summary>Making an account.</summary>
    SignUp,
}

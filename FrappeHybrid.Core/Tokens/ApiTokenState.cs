namespace FrappeHybrid.Core.Tokens;

/// <summary>Whether a token works.</summary>
public enum ApiTokenState
{
    /// <summary>It works, with what is left of its owner's rights.</summary>
    Open,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Somebody took it back.</summary>
    Revoked,
}

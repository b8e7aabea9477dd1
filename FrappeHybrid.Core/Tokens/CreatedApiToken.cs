namespace FrappeHybrid.Core.Tokens;

/// <summary>A token that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Value">The value, which nobody can read again.</param>
public sealed record CreatedApiToken(Guid Id, string Value)
{
    // A record prints all its members, and the value is a secret.
    /// <inheritdoc/>
    public override string ToString() => $"CreatedApiToken {{ Id = {Id} }}";
}

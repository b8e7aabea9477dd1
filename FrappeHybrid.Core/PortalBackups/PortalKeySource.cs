namespace FrappeHybrid.Core.PortalBackups;

/// <summary>Where the key for a backup comes from; with neither, from the key file of the settings.</summary>
/// <param name="KeyFile">A key file.</param>
/// <param name="Passphrase">The passphrase of the key in the backup; never on a command line.</param>
public sealed record PortalKeySource(string? KeyFile = null, string? Passphrase = null)
{
    /// <summary>Says nothing of the passphrase.</summary>
    public override string ToString() => KeyFile ?? (Passphrase is null ? "the key file of the settings" : "a passphrase");
}

using System.Globalization;
using FrappeHybrid.Core.Provisioning;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Where images come from.</summary>
internal static class RegistryAddress
{
    /// <summary>Host and port of the configured registry, or else of the one that the database server's image names; empty for Docker's default.</summary>
    public static (string Host, string Port) Of(ProvisioningOptions options)
    {
        var name = options.Registry;
        if (name.Length == 0 && options.MariaDbImage.Split('/') is { Length: > 1 } parts && (parts[0].Contains('.', StringComparison.Ordinal) || parts[0].Contains(':', StringComparison.Ordinal)))
            name = parts[0];
        var at = name.LastIndexOf(':');
        if (at > 0 && int.TryParse(name[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return (name[..at], name[(at + 1)..]);
        return (name, "443");
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Finds the sign-ins that pulls need: what the operator entered on the page Releases, otherwise what the section Provisioning names.</summary>
public sealed class RegistrySignIns(SecretVault vault, ProvisioningOptions options)
{
    /// <summary>One for each registry of the images that has one; none for public images.</summary>
    public async Task<IReadOnlyList<RegistrySignIn>> ForAsync(PortalDb db, IReadOnlyList<ImageReference> images, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var hosts = images.Select(HostOf).Distinct().ToList();
        var rows = await db.ImageRegistries.AsNoTracking().Where(registry => hosts.Contains(registry.Host)).ToListAsync(cancel);
        var found = rows.ConvertAll(row => new RegistrySignIn(row.Host, row.UserName, vault.Open(ImageRegistry.PasswordPurpose, row.PasswordProtected)));
        if (Configured is { } configured && hosts.Contains(configured.Registry) && rows.TrueForAll(row => row.Host != configured.Registry))
            found.Add(configured);
        return found;
    }

    /// <summary>The one of the configuration; null when it names none.</summary>
    public RegistrySignIn? Configured => options.RegistryUser.Length > 0 && options.Registry.Length > 0 && options.RegistryPassword.Length > 0
        ? new RegistrySignIn(options.Registry, options.RegistryUser, options.RegistryPassword)
        : null;

    /// <summary>The registry of an image as sign-ins name it.</summary>
    public static string HostOf(ImageReference image) => image?.Registry ?? RegistrySignIn.DefaultRegistry;
}

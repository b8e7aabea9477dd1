using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FrappeHybrid.Core.Keys;

/// <summary>Registers the key ring.</summary>
public static class KeysServices
{
    /// <summary>Data Protection over the <see cref="PortalKeyRing"/> among the services: its folder, encrypted with its key. The ring has to be open before the first secret.</summary>
    public static IDataProtectionBuilder AddKeyRingProtection(this IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            var ring = provider.GetRequiredService<PortalKeyRing>();
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(ring.FolderPath), provider.GetRequiredService<ILoggerFactory>());
            options.XmlEncryptor = new KeyRingEncryptor(ring);
        }));
        return services.AddDataProtection().SetApplicationName("FrappeHybrid");
    }

    internal static void AddKeys(this IServiceCollection services) => services.AddSingleton<PortalKeyRing>();
}

using System.Text.Json;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// The X-Registry-Auth header of a pull. The sign-in comes with the request that needs it; what other programs have left in the user's Docker
/// configuration is not asked, so that there is one place where a password is changed: the portal.
/// </summary>
internal static class RegistryAuthHeader
{
    /// <summary>The key that the engine uses for its default registry.</summary>
    private const string DefaultServer = "https://index.docker.io/v1/";

    /// <summary>Its value; an empty sign-in when there is none for the image's registry.</summary>
    public static string For(ImageReference image, IReadOnlyList<RegistrySignIn> signIns)
    {
        var registry = image.Registry ?? RegistrySignIn.DefaultRegistry;
        var found = signIns.FirstOrDefault(signIn => signIn.Registry == registry);
        var json = found is null
            ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(new RegistryAuth(found.UserName, found.Password, image.Registry ?? DefaultServer), DockerJson.Default.RegistryAuth);

        // The engine decodes base64url, with padding.
        return Convert.ToBase64String(json).Replace('+', '-').Replace('/', '_');
    }
}

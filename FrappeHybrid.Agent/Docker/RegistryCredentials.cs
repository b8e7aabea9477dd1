using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Docker;

/// <summary>The server's sign-in at registries, from Docker's own config.json; read anew for each pull, so that a new sign-in counts at once.</summary>
internal sealed class RegistryCredentials(string configFile)
{
    /// <summary>The key that Docker uses for its default registry.</summary>
    private const string DefaultRegistry = "https://index.docker.io/v1/";

    /// <summary>The value of the X-Registry-Auth header; an empty sign-in when there is none for the image's registry.</summary>
    public string For(ImageReference image)
    {
        var registry = image.Registry ?? DefaultRegistry;
        var auth = Find(registry);
        var json = auth is null ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(auth, DockerJson.Default.RegistryAuth);

        // The engine decodes base64url, with padding.
        return Convert.ToBase64String(json).Replace('+', '-').Replace('/', '_');
    }

    private RegistryAuth? Find(string registry)
    {
        try
        {
            var config = JsonSerializer.Deserialize(File.ReadAllBytes(configFile), DockerJson.Default.DockerConfigFile);
            var entry = config?.Auths?.FirstOrDefault(candidate => IsFor(candidate.Key, registry)).Value?.Auth;
            if (string.IsNullOrEmpty(entry))
                return null;

            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(entry));
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : new RegistryAuth(pair[..colon], pair[(colon + 1)..], registry);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            // No sign-in: a public image still works, and a private one says "refused".
            return null;
        }
    }

    private static bool IsFor(string key, string registry) => key == registry || key == $"https://{registry}" || key == $"http://{registry}" || key == $"{registry}/";
}

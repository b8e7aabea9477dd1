using System.Text.Json;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Everything secret that a bench's own files hold, so that none of it leaves the server in what its services have printed.</summary>
internal static class BenchSecrets
{
    private const int Shortest = 6;

    /// <summary>Hides the values of all keys that name a password, a key or a secret, in the bench's configuration and in that of each of its sites.</summary>
    public static Redactor Redactor(BenchFolder folder)
    {
        var redactor = new Redactor();
        if (!Directory.Exists(folder.Sites))
            return redactor;

        Add(redactor, folder.CommonSiteConfig);
        foreach (var site in Directory.EnumerateDirectories(folder.Sites))
            Add(redactor, Path.Combine(site, "site_config.json"));

        return redactor;
    }

    private static void Add(Redactor redactor, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var property in document.RootElement.EnumerateObject().Where(property => IsSecret(property.Name) && property.Value.ValueKind == JsonValueKind.String))
            {
                if (property.Value.GetString() is { Length: >= Shortest } value)
                    redactor.Add(value);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // No configuration, no secret in it.
        }
    }

    private static bool IsSecret(string key) =>
        key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Contains("secret", StringComparison.OrdinalIgnoreCase) || key.Contains("token", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("key", StringComparison.OrdinalIgnoreCase);
}

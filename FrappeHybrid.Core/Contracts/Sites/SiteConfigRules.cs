using System.Text.Json;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>What both sides hold a site's configuration to: names of keys, which are secret, which are not for a person to change, how large a value may be.</summary>
public static partial class SiteConfigRules
{
    /// <summary>What a user is told when a key does not pass.</summary>
    public const string KeyRule = "A key begins with a letter and has letters, digits, underscores, hyphens and dots, at most 100.";

    /// <summary>Longest value, as JSON, in characters.</summary>
    public const int LongestValue = 8 * 1024;

    /// <summary>Most keys in one change.</summary>
    public const int MostKeys = 100;

    /// <summary>Kept by bench, by other acts of the portal, or by the bench's own network: a change by hand breaks the site or is lost.</summary>
    private static readonly HashSet<string> Protected = new(StringComparer.Ordinal)
    {
        "db_name", "db_password", "db_type", "db_host", "db_port", "db_socket", "db_user", "encryption_key", "maintenance_mode", "pause_scheduler", "host_name", "domains",
        "redis_cache", "redis_queue", "redis_socketio", "socketio_port", "webserver_port", "root_login", "root_password", "installed_apps", "bench_id",
    };

    /// <summary>Whether it can be a key.</summary>
    public static bool IsKey(string? key) => key is not null && Key().IsMatch(key);

    /// <summary>Whether a person must leave it alone.</summary>
    public static bool IsProtected(string key) => Protected.Contains(key) || key.StartsWith("frappe_hybrid_", StringComparison.Ordinal);

    /// <summary>Whether its name says that its value is a secret.</summary>
    public static bool IsSecret(string key) => Secret().IsMatch(key);

    /// <summary>Whether the key, or any key inside of its value, holds a secret; a text that looks like one counts too.</summary>
    public static bool IsSecret(string key, JsonElement value) => IsSecret(key) || value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(inner => IsSecret(inner.Name, inner.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(inner => IsSecret("", inner)),
        JsonValueKind.String => SecretText().IsMatch(value.GetString()!),
        _ => false,
    };

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_.-]{0,99}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"passw|pwd|secret|token|credential|api_?key|access_?key|private_?key|encryption_?key|signing|_key\z|\Akey\z|dsn|salt|\Aauth|_auth\z", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    // An address with a password in it, or a key in PEM.
    [GeneratedRegex(@"://[^/\s:@]*:[^/\s@]+@|-----BEGIN ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretText();
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Agent.Settings;

/// <summary>
/// agent.json, read again whenever it changes, so that the portal's certificate can be changed without a restart. A file that is missing or broken
/// in the middle of a change leaves the last good settings in force.
/// </summary>
internal sealed partial class AgentSettingsFile
{
    private readonly string path;
    private readonly ILogger<AgentSettingsFile> logger;
    private readonly Lock gate = new();
    private AgentSettings current;
    private FileVersion version;

    private AgentSettingsFile(string path, ILogger<AgentSettingsFile> logger, AgentSettings settings, AgentOptions options, FileVersion version)
    {
        this.path = path;
        this.logger = logger;
        this.version = version;
        current = settings;
        Options = options;
    }

    /// <summary>Read once, at start.</summary>
    public AgentOptions Options { get; }

    /// <summary>The settings in force, after a look at the file.</summary>
    public AgentSettings Current
    {
        get
        {
            lock (gate)
            {
                var now = FileVersion.Of(path);
                if (now != version)
                {
                    version = now;
                    ReadAgain();
                }

                return current;
            }
        }
    }

    /// <summary>Reads the file; throws <see cref="AgentSettingsException"/> when there is nothing to work with.</summary>
    public static AgentSettingsFile Open(string path, ILogger<AgentSettingsFile> logger)
    {
        var found = FileVersion.Of(path);
        var (settings, options) = Read(path);
        return new AgentSettingsFile(path, logger, settings, options, found);
    }

    /// <summary>True for a certificate that may speak to the Agent: its fingerprint is one of those that the play has pinned.</summary>
    public bool Allows(X509Certificate2? certificate) => certificate is not null && Allows(FingerprintOf(certificate));

    /// <summary>The same for a certificate that may be gone with its connection.</summary>
    public bool Allows(string fingerprint) => Current.PortalCertificateFingerprints.Any(pinned => string.Equals(pinned, fingerprint, StringComparison.OrdinalIgnoreCase));

    /// <summary>As agent.json pins it.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private void ReadAgain()
    {
        try
        {
            current = Read(path).Settings;
            LogRead(current.PortalCertificateFingerprints.Count);
        }
        catch (AgentSettingsException exception)
        {
            LogKept(exception.Message);
        }
    }

    private static (AgentSettings Settings, AgentOptions Options) Read(string path)
    {
        try
        {
            var text = File.ReadAllBytes(path);
            var settings = JsonSerializer.Deserialize(text, AgentSettingsJson.Default.AgentSettings);
            if (settings?.PortalCertificateFingerprints is null)
                throw new AgentSettingsException($"{path} names no portal certificate.");

            return (settings, JsonSerializer.Deserialize(text, AgentOptionsJson.Default.AgentOptionsFile)?.Options ?? new AgentOptions());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new AgentSettingsException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "agent.json changed: {Count} portal certificate(s) may speak to this Agent")]
    private partial void LogRead(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "agent.json changed but is not usable, the last good settings stay in force: {Reason}")]
    private partial void LogKept(string reason);

    /// <summary>What tells one version of the file from the next; a replaced file may well have the same length.</summary>
    private readonly record struct FileVersion(DateTime Written, long Length)
    {
        public static FileVersion Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new FileVersion(file.LastWriteTimeUtc, file.Length) : default;
        }
    }
}

using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Sites;

namespace FrappeHybrid.Agent.Updates;

/// <summary>
/// Turns maintenance on and off in a site's own configuration file, which Frappe reads anew for each request: bench's command for it takes half a second
/// and needs a bench that works, which the way back may not have.
/// </summary>
internal static class MaintenanceMode
{
    private const string Mode = "maintenance_mode";
    private const string Pause = "pause_scheduler";

    /// <summary>Frappe's own: in maintenance, requests get a read-only transaction instead of 503.</summary>
    private const string AllowReads = "allow_reads_during_maintenance";

    public static MaintenanceKeys Read(string file)
    {
        var config = SiteConfigFile.Read(file);
        return new MaintenanceKeys(config[Mode]?.ToJsonString(), config[Pause]?.ToJsonString(), config[AllowReads]?.ToJsonString(), SiteConfigFile.IsOn(config[Mode]));
    }

    /// <summary>Nobody may write; who reads is served, where the release can do that.</summary>
    public static void AllowOnlyReads(string file) => Write(file, "1", "1", "1");

    /// <summary>Everybody gets 503.</summary>
    public static void Close(string file) => Write(file, "1", "1", "0");

    /// <summary>As it was before.</summary>
    public static void Restore(string file, MaintenanceKeys before) => Write(file, before.MaintenanceMode, before.PauseScheduler, before.AllowReads);

    private static void Write(string file, string? mode, string? pause, string? allowReads) => SiteConfigFile.Change(file, config =>
    {
        Set(config, Mode, mode);
        Set(config, Pause, pause);
        Set(config, AllowReads, allowReads);
    });

    private static void Set(JsonObject config, string key, string? value)
    {
        config.Remove(key);
        if (value is not null)
            config[key] = JsonNode.Parse(value);
    }
}

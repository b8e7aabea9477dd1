namespace FrappeHybrid.Agent.Sites;

/// <summary>
/// Maintenance mode as bench's own command sets it: two keys of site_config.json. bench ends it by unpausing the scheduler, also one that somebody had
/// paused before; here it goes back to what it was.
/// </summary>
internal static class SiteMaintenance
{
    private const string Mode = "maintenance_mode";
    private const string Pause = "pause_scheduler";

    /// <summary>The scheduler was paused before maintenance began; a key of ours, there only while maintenance is on.</summary>
    private const string PausedBefore = "frappe_hybrid_paused_before";

    public static bool IsOn(string configFile) => SiteConfigFile.IsOn(SiteConfigFile.Read(configFile)[Mode]);

    /// <summary>True when that changed something.</summary>
    public static bool Set(string configFile, bool on) => SiteConfigFile.Change(configFile, config =>
    {
        if (SiteConfigFile.IsOn(config[Mode]) == on)
            return;

        if (on)
        {
            if (SiteConfigFile.IsOn(config[Pause]))
                config[PausedBefore] = 1;

            config[Mode] = 1;
            config[Pause] = 1;
            return;
        }

        config[Mode] = 0;
        config[Pause] = SiteConfigFile.IsOn(config[PausedBefore]) ? 1 : 0;
        config.Remove(PausedBefore);
    });
}

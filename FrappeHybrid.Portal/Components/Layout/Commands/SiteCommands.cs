using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What is offered for a site.</summary>
public static class SiteCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        Page("site-open", "Open", IconName.Site, "", Capability.View),
        new("site-bench", "Its bench", IconName.Bench, ThingKind.Site) { Href = site => $"/benches/{site.Place.BenchId}", Needs = Capability.View },
        new("site-back-up", "Back up now", IconName.Download, ThingKind.Site)
        {
            Act = (acts, actor, site, cancel) => acts.BackUpAsync(actor, site, withFiles: true, cancel), Needs = Capability.ManageSites, Fits = Answers, IsBulk = true,
        },
        new("site-back-up-database", "Back up the database alone", IconName.Download, ThingKind.Site)
        {
            Act = (acts, actor, site, cancel) => acts.BackUpAsync(actor, site, withFiles: false, cancel), Needs = Capability.ManageSites, Fits = Answers, IsBulk = true,
        },
        new("site-update", "Update", IconName.Follow, ThingKind.Site)
        {
            Act = (acts, actor, site, cancel) => acts.UpdateSiteAsync(actor, site, cancel),
            Needs = Capability.ManageSites,
            Fits = Answers,
            IsBulk = true,
            Question = "It moves to the newest bench of its server that takes it. Visitors wait meanwhile; when it fails, it goes back to its old version by itself.",
        },
        new("site-clear-cache", "Clear the cache", IconName.Clear, ThingKind.Site)
        {
            Act = (acts, actor, site, cancel) => acts.ClearCacheAsync(actor, site, cancel), Needs = Capability.ManageSites, Fits = Answers, IsBulk = true,
        },
        Page("site-sign-in", "Sign in as Administrator", IconName.Key, "/settings#administrator", Capability.ManageSites, site => site.Site is SiteState.Active),
        Page("site-backups", "Backups", IconName.Download, "/backups", Capability.View, Answers),
        Page("site-apps", "Apps", IconName.Bench, "/apps", Capability.View, Answers),
        Page("site-domains", "Domains", IconName.Site, "/domains", Capability.View, Answers),
        Page("site-configuration", "Configuration", IconName.Site, "/configuration", Capability.View, Answers),
        Page("site-update-page", "Update …", IconName.Follow, "/update", Capability.ManageSites, site => Answers(site) || site.Site is SiteState.Fatal),
        Page("site-restore", "Restore a backup", IconName.Back, "/restore", Capability.ManageSites, site => Answers(site) || site.Site is SiteState.Fatal),
        Page("site-clone", "Clone", IconName.Copy, "/clone", Capability.ManageSites, Answers),
        Page("site-activity", "Activity", IconName.Eye, "/activity", Capability.ViewActivity),
        Page("site-settings", "Settings", IconName.Site, "/settings", Capability.ManageSites, Answers),
        Page("site-danger", "Reinstall or drop", IconName.Warn, "/danger", Capability.ManageSites, site => Answers(site) || site.Site is SiteState.Fatal),
    ];

    private static bool Answers(Thing site) => site.Site is SiteState.Active or SiteState.Recovered;

    private static Command Page(string id, string text, IconName picture, string part, Capability needs, Func<Thing, bool>? fits = null) =>
        new(id, text, picture, ThingKind.Site) { Href = site => $"/sites/{site.Id}{part}", Needs = needs, Fits = fits ?? (_ => true) };
}

using System.ComponentModel;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Portal.Api;

/// <summary>A site as programs see it.</summary>
internal sealed record SiteModel(
    Guid Id,
    Guid TeamId,
    Guid ServerId,
    string ServerName,
    Guid BenchId,
    string BenchName,
    string Name,
    SiteState State,
    string? StateReason,
    IReadOnlyList<string> Apps,
    [property: Description("The version of Frappe.")] string Version,
    DateTimeOffset CreatedAt,
    Guid? LastJobId,
    [property: Description("Where a browser opens it.")] Uri Url,
    [property: Description("What the Agent last said of it; null when it was not asked yet.")] SiteFactsInfo? Facts,
    DateTimeOffset? LastBackupAt)
{
    public static SiteModel Of(SiteView site) => new(
        site.Id, site.TeamId, site.ServerId, site.ServerName, site.BenchId, site.BenchName, site.Name, site.State, site.StateReason, site.Apps, site.Version, site.CreatedAt, site.LastJobId, site.Url, site.Facts,
        site.LastBackupAt);
}

internal sealed record NewSiteBody(
    Guid BenchId,
    [property: Description("Its name, which is its first domain.")] string Name,
    [property: Description("Passed on once; kept encrypted until the server has the job.")] string AdministratorPassword,
    [property: Description("Apps to install beside frappe, in order.")] IReadOnlyList<string>? Apps = null);

internal sealed record AdministratorPasswordBody(string Password, [property: Description("Whoever is signed in as Administrator must sign in again.")] bool LogOutAllSessions = true);

internal sealed record RetrySiteBody([property: Description("Asked anew, because the portal does not keep it.")] string AdministratorPassword);

internal sealed record RenameBody(string Name);

internal sealed record SwitchBody(bool Enabled);

internal sealed record AppBody(string App);

internal sealed record DropBody(
    [property: Description("The site's name, so that nobody drops another one.")] string ConfirmedName,
    [property: Description("It goes though no backup of its database can be taken; it can then not be brought back.")] bool WithoutBackup = false);

internal sealed record ReinstallBody(
    [property: Description("The site's name, so that nobody empties another one.")] string ConfirmedName,
    string AdministratorPassword,
    [property: Description("No backup first: what the site is now is lost.")] bool WithoutBackup = false);

internal sealed record RestoreBody(
    [property: Description("A backup of the site, or of another one of the same team and server.")] Guid BackupId,
    [property: Description("No safety backup first: what the site is now is lost.")] bool WithoutBackup = false);

internal sealed record CopyBody(
    [property: Description("The new site's bench, on the same server.")] Guid BenchId,
    [property: Description("The new site's name.")] string Name,
    [property: Description("For the new site; without it that of the old one stays.")] string? AdministratorPassword = null,
    [property: Description("Scheduler and outgoing mail off, so that the copy does not do what the original does too.")] bool Quiet = true);

internal sealed record UpdateBody([property: Description("A bench of the same server with a newer release.")] Guid TargetBenchId, bool SkipFailingPatches = false);

internal sealed record PatchesBody(bool SkipFailingPatches = false);

internal sealed record ConfigBody(
    [property: Description("Of the configuration that was read: a change that somebody else made meanwhile is not overwritten.")] string Version,
    [property: Description("Keys with their new values.")] IReadOnlyDictionary<string, JsonElement>? Set = null,
    [property: Description("Keys that go.")] IReadOnlyList<string>? Remove = null)
{
    public SiteConfigOrder ToOrder() => new(Version, (Set ?? new Dictionary<string, JsonElement>()).ToDictionary(pair => pair.Key, pair => pair.Value.GetRawText(), StringComparer.Ordinal), Remove ?? []);

    // A value may be a password.
    /// <inheritdoc/>
    public override string ToString() => nameof(ConfigBody);
}

internal sealed record ConfigChangeModel(Guid Id, Guid JobId, DateTimeOffset At, string UserName, Guid? UndoOf, RunState State, IReadOnlyList<SiteConfigEdit> Edits)
{
    public static ConfigChangeModel Of(SiteConfigChangeView view) => new(view.Change.Id, view.Change.JobId, view.Change.At, view.Change.UserName, view.Change.UndoOf, view.State, view.Change.Edits);
}

internal sealed record DomainBody(string Domain);

internal sealed record PrimaryDomainBody([property: Description("One of the site's domains, or its own name.")] string Domain, [property: Description("Visitors of the others are sent there.")] bool Redirect = false);

internal sealed record DomainModel(string Name, SiteDomainState State, DateTimeOffset AddedAt)
{
    public static DomainModel Of(SiteDomain domain) => new(domain.Name.Value, domain.State, domain.AddedAt);
}

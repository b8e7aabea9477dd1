using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Under which names a site is reached, where DNS sends their visitors, which of them stands for the site.</summary>
public partial class SiteDomains
{
    private readonly Dictionary<string, DomainCheck> checks = new(StringComparer.Ordinal);
    private IReadOnlyList<SiteDomain> domains = [];
    private DomainCheck? newCheck;
    private string newDomain = "";
    private bool redirects;
    private bool isChecking;

    [Inject]
    private SiteQueries Queries { get; set; } = null!;

    [Inject]
    private DomainChecks Checks { get; set; } = null!;

    [Inject]
    private AddSiteDomain AddSiteDomain { get; set; } = null!;

    [Inject]
    private RemoveSiteDomain RemoveSiteDomain { get; set; } = null!;

    [Inject]
    private SetPrimaryDomain SetPrimaryDomain { get; set; } = null!;

    private string Primary => Site?.Url.IdnHost ?? "";

    private IReadOnlyList<(string Name, SiteDomainState State)> Rows =>
        Site is null ? [] : [(Site.Name, SiteDomainState.Active), .. domains.Where(domain => domain.Name.Value != Site.Name).Select(domain => (domain.Name.Value, domain.State))];

    /// <inheritdoc/>
    protected override async Task LoadPartAsync(CancellationToken cancel)
    {
        domains = await Queries.DomainsAsync(Actor, Id, cancel);
        redirects = await Queries.RedirectsAsync(Actor, Id, cancel);
    }

    /// <inheritdoc/>
    protected override Task AskPartAsync() => CheckAllAsync();

    private static StateLook LookOf(DomainCheck? check) => check?.Verdict switch
    {
        DomainVerdict.Here => new StateLook(IconName.Ok, "ok", "Leads here"),
        DomainVerdict.Elsewhere => new StateLook(IconName.Warn, "warn", "Leads elsewhere"),
        DomainVerdict.Nowhere => new StateLook(IconName.Warn, "warn", "No DNS entry"),
        DomainVerdict.Unknown => new StateLook(IconName.Idle, "idle", "DNS does not answer"),
        _ => new StateLook(IconName.Idle, "idle", "Not looked up"),
    };

    private static string Say(DomainCheck check) => check.Verdict switch
    {
        DomainVerdict.Nowhere when check.Expected.Count == 0 => "The server's own name has no address either.",
        DomainVerdict.Nowhere => $"Expected {Join(check.Expected)}.",
        DomainVerdict.Elsewhere => $"Found {Join(check.Found)}, expected {Join(check.Expected)}.",
        _ => check.CanonicalName is { } alias ? $"CNAME to {alias}, {Join(check.Found)}" : Join(check.Found),
    };

    private static string Advice(DomainCheck check) => check.Verdict switch
    {
        DomainVerdict.Here => "Visitors reach this site as soon as the domain is added.",
        DomainVerdict.Elsewhere => "Visitors get to another machine. A proxy in front of the server is a good reason; otherwise change the record.",
        DomainVerdict.Nowhere => "Nobody finds it yet. A new record may take some minutes to be seen.",
        _ => "Try again in a moment.",
    };

    private static string Join(IReadOnlyList<string> addresses) => addresses.Count == 0 ? "nothing" : string.Join(", ", addresses);

    private void Typed(ChangeEventArgs change) => (newDomain, newCheck) = ($"{change.Value}".Trim(), null);

    private async Task CheckNewAsync()
    {
        isChecking = true;
        var found = await Checks.CheckAsync(Actor, Id, newDomain, Gone);
        (newCheck, Problem, isChecking) = (found.IsDone ? found.Value : null, found.Error, false);
    }

    private async Task CheckAllAsync()
    {
        isChecking = true;
        var found = await Task.WhenAll(Rows.Select(row => Checks.CheckAsync(Actor, Id, row.Name, Gone)));
        foreach (var check in found.Where(each => each.IsDone))
            checks[check.Value.Name.Value] = check.Value;
        isChecking = false;
    }

    private async Task AddAsync()
    {
        if (await OrderAsync(() => AddSiteDomain.RunAsync(Actor, Id, newDomain, Gone)))
            (newDomain, newCheck) = ("", null);
    }

    private Task<bool> RemoveAsync(string name) => OrderAsync(() => RemoveSiteDomain.RunAsync(Actor, Id, name, Gone));

    private Task<bool> SetPrimaryAsync(string name) => OrderAsync(() => SetPrimaryDomain.RunAsync(Actor, Id, name, redirects, Gone));

    private Task<bool> SetRedirectAsync(ChangeEventArgs change) => OrderAsync(() => SetPrimaryDomain.RunAsync(Actor, Id, Primary, change.Value is true, Gone));
}

using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Asks for bench, name, apps and the Administrator password.</summary>
public partial class SiteNew
{
    private readonly HashSet<string> apps = [];
    private List<BenchView> benches = [];
    private IReadOnlyList<ServerView> servers = [];
    private Guid benchId;
    private string name = "";
    private string password = "";
    private Error? problem;
    private bool isBusy;

    [SupplyParameterFromQuery]
    private Guid? Bench { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private CreateSite CreateSite { get; set; } = null!;

    private BenchView? Chosen => benches.Find(bench => bench.Id == benchId);

    private IEnumerable<string> Offered => Chosen?.Apps.Where(app => app != "frappe") ?? [];

    private string Domain => servers.FirstOrDefault(server => server.Id == Chosen?.ServerId)?.Domain is { Length: > 0 } domain ? domain : "example.com";

    // While a single label is typed, the whole name under the server's domain is one click away.
    private string? Suggestion => Domain != "example.com" && name.Length > 0 && !name.EndsWith(Domain, StringComparison.Ordinal)
        && SiteName.TryParse($"{name.Split('.')[0].ToLowerInvariant()}.{Domain}", out var suggested) ? suggested.Value : null;

    private string? NameProblem => name.Length > 0 && !SiteName.TryParse(name, out _) ? SiteName.Rule : null;

    private bool CanCreate => !isBusy && Chosen is not null && SiteName.TryParse(name, out _) && AdministratorPassword.IsValid(password);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Core.Benches.Bench);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        servers = await Servers.ListAsync(Actor, cancel);
        benches = [.. (await Benches.ListAsync(Actor, null, cancel)).Where(bench => bench.State is BenchState.Active && May(Capability.ManageSites, bench.Place))];
        if (benchId == Guid.Empty && benches.Count > 0)
            Choose(benches.Find(bench => bench.Id == Bench) ?? benches[0]);
    }

    private void ChooseBench(ChangeEventArgs chosen)
    {
        if (Guid.TryParse(chosen.Value?.ToString(), out var id) && benches.Find(bench => bench.Id == id) is { } bench)
            Choose(bench);
    }

    private void Choose(BenchView bench)
    {
        benchId = bench.Id;
        apps.Clear();
        apps.UnionWith(Offered);
    }

    private void Toggle(string app)
    {
        if (!apps.Remove(app))
            apps.Add(app);
    }

    private async Task CreateAsync()
    {
        if (!CanCreate)
            return;
        isBusy = true;
        var created = await CreateSite.RunAsync(Actor, new CreateSiteRequest(benchId, name.Trim(), password, [.. Offered.Where(apps.Contains)]), Gone);
        problem = created.Error;
        isBusy = false;
        if (created.IsDone)
            Navigation.NavigateTo($"/sites/{created.Value}");
    }
}

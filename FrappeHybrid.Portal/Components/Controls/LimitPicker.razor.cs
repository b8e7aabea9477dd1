using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Chooses the servers, benches and sites of a team to which somebody is limited; what is chosen holds what lies in it.</summary>
public partial class LimitPicker
{
    private IReadOnlyList<ServerView> servers = [];
    private IReadOnlyList<BenchView> benches = [];
    private IReadOnlyList<SiteView> sites = [];
    private string find = "";

    [Parameter, EditorRequired]
    public Guid TeamId { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlySet<Guid> Value { get; set; } = new HashSet<Guid>();

    [Parameter]
    public EventCallback<IReadOnlySet<Guid>> ValueChanged { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.TeamId == TeamId && change.Entity is nameof(Server) or nameof(Bench) or nameof(Site);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        servers = [.. (await Servers.ListAsync(Actor, cancel)).Where(server => server.TeamId == TeamId)];
        benches = [.. (await Benches.ListAsync(Actor, null, cancel)).Where(bench => bench.TeamId == TeamId)];
        sites = [.. (await Sites.ListAsync(Actor, null, cancel)).Where(site => site.TeamId == TeamId)];
    }

    private Task ChooseAsync(Guid id, bool isChosen)
    {
        var chosen = Value.ToHashSet();
        if (isChosen)
            chosen.Add(id);
        else
            chosen.Remove(id);
        return ValueChanged.InvokeAsync(chosen);
    }
}

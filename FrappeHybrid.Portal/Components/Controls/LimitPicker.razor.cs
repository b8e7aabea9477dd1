using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Chooses the servers, benches and sites of a team to which somebody is limited; what is chosen holds what lies in it.</summary>
public partial class LimitPicker
{
    private IReadOnlyList<EstateServer> servers = [];
    private IReadOnlyList<EstateBench> benches = [];
    private IReadOnlyList<EstateSite> sites = [];
    private string find = "";

    [Parameter, EditorRequired]
    public Guid TeamId { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlySet<Guid> Value { get; set; } = new HashSet<Guid>();

    [Parameter]
    public EventCallback<IReadOnlySet<Guid>> ValueChanged { get; set; }

    [Inject]
    private EstateQueries Estate { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.TeamId == TeamId && change.Entity is nameof(Server) or nameof(Bench) or nameof(Site);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var estate = await Estate.ReadAsync(Actor, TeamId, cancel);
        (servers, benches, sites) = (estate.Servers, estate.Benches, estate.Sites);
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

using FrappeHybrid.Core.Estate;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout.Commands;
using FrappeHybrid.Portal.Components.Pages;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The lines of the explorer, from top to bottom: what is not folded, or what the filter takes with what it lies in.</summary>
public sealed class TreeRows
{
    private readonly ILookup<Guid, EstateBench> benches;
    private readonly ILookup<Guid, EstateSite> sites;
    private readonly IReadOnlySet<Guid> folded;
    private readonly string filter;
    private readonly List<TreeNode> rows = [];

    private TreeRows(EstateView estate, IReadOnlySet<Guid> folded, string filter)
    {
        this.folded = folded;
        this.filter = filter;
        sites = estate.Sites.ToLookup(site => site.BenchId);
        benches = estate.Benches.ToLookup(bench => bench.ServerId);
    }

    private bool IsFiltered => filter.Length > 0;

    /// <param name="folded">Nodes whose inside is not shown; a filter unfolds all.</param>
    /// <param name="filter">Words that all stand in a name; empty takes everything. What lies in something that is taken by its name is taken too.</param>
    public static IReadOnlyList<TreeNode> Of(EstateView estate, IReadOnlySet<Guid> folded, string filter)
    {
        ArgumentNullException.ThrowIfNull(estate);
        var tree = new TreeRows(estate, folded, filter.Trim());
        tree.AddServers(estate.Servers);
        return tree.rows;
    }

    private void AddServers(IReadOnlyList<EstateServer> servers)
    {
        List<(EstateServer Server, List<EstateBench> Benches)> taken = [.. servers
            .Select(server => (server, TakenIn(server)))
            .Where(each => Takes(each.server.Name, each.server.Address) || each.Item2.Count > 0)];
        for (var index = 0; index < taken.Count; index++)
        {
            var (server, inside) = taken[index];
            var isOpen = IsOpen(server.Id, inside.Count);
            rows.Add(new TreeNode(Thing.Of(server), StateLook.Of(server.State), server.StateReason, 1, index + 1, taken.Count, isOpen));
            if (isOpen == true)
                AddBenches(inside, Takes(server.Name, server.Address));
        }
    }

    private void AddBenches(List<EstateBench> taken, bool all)
    {
        for (var index = 0; index < taken.Count; index++)
        {
            var bench = taken[index];
            var inside = TakenIn(bench, all);
            var isOpen = IsOpen(bench.Id, inside.Count);
            rows.Add(new TreeNode(Thing.Of(bench), StateLook.Of(bench.State), bench.StateReason, 2, index + 1, taken.Count, isOpen));
            if (isOpen != true)
                continue;
            for (var at = 0; at < inside.Count; at++)
                rows.Add(new TreeNode(Thing.Of(inside[at]), StateLook.Of(inside[at].State), inside[at].StateReason, 3, at + 1, inside.Count, null));
        }
    }

    private List<EstateBench> TakenIn(EstateServer server)
    {
        var all = Takes(server.Name, server.Address);
        return [.. benches[server.Id].Where(bench => all || Takes(bench.Name) || TakenIn(bench, false).Count > 0)];
    }

    private List<EstateSite> TakenIn(EstateBench bench, bool all) => [.. sites[bench.Id].Where(site => all || Takes(bench.Name) || Takes(site.Name))];

    private bool? IsOpen(Guid node, int inside) => inside == 0 ? null : IsFiltered || !folded.Contains(node);

    private bool Takes(params string[] names) => !IsFiltered || ListFilter.Matches(filter, names);
}

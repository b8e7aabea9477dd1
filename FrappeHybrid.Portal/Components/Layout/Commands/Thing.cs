using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Something that commands are offered for: whose it is, and how it is now.</summary>
public sealed record Thing(ThingKind Kind, Guid Id, string Name, Place Place)
{
    /// <summary>No particular one.</summary>
    public static Thing None { get; } = new(ThingKind.Nothing, Guid.Empty, "", Place.Portal);

    public ServerState? Server { get; private init; }

    public BenchState? Bench { get; private init; }

    public SiteState? Site { get; private init; }

    public RunView? Run { get; private init; }

    /// <summary>Its page.</summary>
    public string Href => Kind switch
    {
        ThingKind.Server => Server is ServerState.Draft ? $"/servers/{Id}/setup" : $"/servers/{Id}",
        ThingKind.Bench => $"/benches/{Id}",
        ThingKind.Site => $"/sites/{Id}",
        ThingKind.Job => Run?.Href() ?? $"/jobs/{Id}",
        ThingKind.Nothing => "/",
        _ => throw new InvalidOperationException($"{Kind} is not a kind of thing."),
    };

    public IconName Picture => Kind switch
    {
        ThingKind.Server => IconName.Server,
        ThingKind.Bench => IconName.Bench,
        ThingKind.Site => IconName.Site,
        ThingKind.Job => IconName.Job,
        _ => IconName.Home,
    };

    public static Thing Of(EstateServer server) => OfServer(server.Id, server.Name, server.Place, server.State);

    public static Thing Of(EstateBench bench) => OfBench(bench.Id, bench.Name, bench.Place, bench.State);

    public static Thing Of(EstateSite site) => OfSite(site.Id, site.Name, site.Place, site.State);

    public static Thing Of(ServerView server) => OfServer(server.Id, server.Name, server.Place, server.State);

    public static Thing Of(BenchView bench) => OfBench(bench.Id, bench.Name, bench.Place, bench.State);

    public static Thing Of(SiteView site) => OfSite(site.Id, site.Name, site.Place, site.State);

    public static Thing Of(SiteRow site) => OfSite(site.Id, site.Name, site.Place, site.State);

    public static Thing Of(RunView run) => new(ThingKind.Job, run.Id, $"{run.Title} {run.Subject}", run.Place) { Run = run };

    private static Thing OfServer(Guid id, string name, Place place, ServerState state) => new(ThingKind.Server, id, name, place) { Server = state };

    private static Thing OfBench(Guid id, string name, Place place, BenchState state) => new(ThingKind.Bench, id, name, place) { Bench = state };

    private static Thing OfSite(Guid id, string name, Place place, SiteState state) => new(ThingKind.Site, id, name, place) { Site = state };
}

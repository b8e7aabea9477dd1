using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Core.Updates;

namespace FrappeHybrid.Core.Teams;

/// <summary>Queries see only what the actor may see: <see cref="Actor.May"/> for <see cref="Capability.View"/>, as conditions that the database can check.</summary>
public static class ActorSight
{
    private static readonly List<NotificationKind> OfWholeServers = [.. NotificationKinds.All.Where(rule => rule.IsOfWhole).Select(rule => rule.Kind)];

    /// <summary>Teams in which the actor sees anything.</summary>
    public static IQueryable<Team> VisibleTo(this IQueryable<Team> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.TeamsOfAny.Contains(row.Id));
    }

    /// <summary>Servers of the actor, and those that hold something of the actor's.</summary>
    public static IQueryable<Server> VisibleTo(this IQueryable<Server> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.ServersOfAny.Contains(row.Id));
    }

    /// <summary>Benches of the actor, and those that hold something of the actor's.</summary>
    public static IQueryable<Bench> VisibleTo(this IQueryable<Bench> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.ServerId) || sight.BenchesOfAny.Contains(row.Id));
    }

    /// <summary>Sites of the actor.</summary>
    public static IQueryable<Site> VisibleTo(this IQueryable<Site> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.ServerId) || sight.Benches.Contains(row.BenchId) || sight.Sites.Contains(row.Id));
    }

    /// <summary>Jobs about what is the actor's.</summary>
    public static IQueryable<Job> VisibleTo(this IQueryable<Job> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.ServerId)
            || (row.BenchId != null && sight.Benches.Contains(row.BenchId.Value)) || (row.SiteId != null && sight.Sites.Contains(row.SiteId.Value)));
    }

    /// <summary>Plays on the actor's whole servers.</summary>
    public static IQueryable<Play> VisibleTo(this IQueryable<Play> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.ServerId));
    }

    /// <summary>Pre-flights of the actor's whole servers.</summary>
    public static IQueryable<PreflightReport> VisibleTo(this IQueryable<PreflightReport> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.Id));
    }

    /// <summary>Updates of the actor's whole benches.</summary>
    public static IQueryable<BenchUpdate> VisibleTo(this IQueryable<BenchUpdate> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.ServerId) || sight.Benches.Contains(row.BenchId));
    }

    /// <summary>Events about what is the actor's, and about the actor.</summary>
    public static IQueryable<NotificationEvent> VisibleTo(this IQueryable<NotificationEvent> rows, Actor actor)
    {
        var sight = Sight.Of(actor);
        var isPerson = actor.Limit is null;
        return rows.Where(row => (isPerson && row.UserId == actor.UserId)
            || (row.TeamId != Guid.Empty && (sight.All || sight.Teams.Contains(row.TeamId)
                || (row.ServerId != null && (sight.Servers.Contains(row.ServerId.Value) || (OfWholeServers.Contains(row.Kind) && sight.ServersOfAny.Contains(row.ServerId.Value))))
                || (row.BenchId != null && sight.Benches.Contains(row.BenchId.Value))
                || (row.SiteId != null && sight.Sites.Contains(row.SiteId.Value)))));
    }

    /// <summary>What was done where the actor may read the record; of what concerns no team only what the actor did itself.</summary>
    public static IQueryable<ActivityEntry> VisibleTo(this IQueryable<ActivityEntry> rows, Actor actor)
    {
        var sight = Sight.Of(actor, Capability.ViewActivity);
        return sight.All ? rows : rows.Where(row => (sight.Teams.Contains(row.TeamId) && row.TeamId != Guid.Empty) || (row.ServerId != null && sight.Servers.Contains(row.ServerId.Value))
            || (row.BenchId != null && sight.Benches.Contains(row.BenchId.Value)) || (row.SiteId != null && sight.Sites.Contains(row.SiteId.Value)) || (row.TeamId == Guid.Empty && row.UserId == actor.UserId && actor.Limit == null));
    }

    /// <summary>Terminals of benches whose record the actor may read.</summary>
    public static IQueryable<Terminal> VisibleTo(this IQueryable<Terminal> rows, Actor actor)
    {
        var sight = Sight.Of(actor, Capability.ViewActivity);
        return sight.All ? rows : rows.Where(row => sight.Teams.Contains(row.TeamId) || sight.Servers.Contains(row.ServerId) || sight.Benches.Contains(row.BenchId));
    }

    // A token is limited to one place, a person to none, one or several; both together see what both leave.
    private sealed record Sight(bool All, List<Guid> TeamsOfAny, List<Guid> Teams, List<Guid> Servers, List<Guid> Benches, List<Guid> Sites, List<Guid> ServersOfAny, List<Guid> BenchesOfAny)
    {
        public static Sight Of(Actor actor, Capability capability = Capability.View)
        {
            if (actor.Limit is null && CapabilityTable.Has(actor.Staff, capability))
                return new Sight(true, [], [], [], [], [], [], []);
            var places = Places(actor, capability).Distinct().ToList();
            return new Sight(
                actor.Limit is { } limit && limit.Place == Place.Portal && CapabilityTable.Has(actor.Staff, capability) && limit.Capabilities.Contains(capability),
                [.. places.Where(place => place != Place.Portal).Select(place => place.TeamId)],
                [.. places.Where(place => place.Kind is PlaceKind.Team).Select(place => place.TeamId)],
                [.. places.Where(place => place.Kind is PlaceKind.Server).Select(place => place.ServerId!.Value)],
                [.. places.Where(place => place.Kind is PlaceKind.Bench).Select(place => place.BenchId!.Value)],
                [.. places.Where(place => place.Kind is PlaceKind.Site).Select(place => place.SiteId!.Value)],
                [.. places.Where(place => place.ServerId is not null).Select(place => place.ServerId!.Value)],
                [.. places.Where(place => place.BenchId is not null).Select(place => place.BenchId!.Value)]);
        }

        private static IEnumerable<Place> Places(Actor actor, Capability capability)
        {
            var granted = actor.Grants.Where(grant => CapabilityTable.Has(grant.Role, capability)).Select(grant => grant.Place);
            if (actor.Limit is not { } limit)
                return granted;
            if (!limit.Capabilities.Contains(capability))
                return [];
            if (CapabilityTable.Has(actor.Staff, capability))
                return [limit.Place];
            if (limit.Place == Place.Portal)
                return granted;
            return granted.Select(place => place.Contains(limit.Place) ? limit.Place : limit.Place.Contains(place) ? place : Place.Portal).Where(place => place != Place.Portal);
        }
    }
}

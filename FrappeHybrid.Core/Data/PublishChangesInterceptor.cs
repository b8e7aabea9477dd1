using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FrappeHybrid.Core.Data;

/// <summary>
/// After a SaveChanges that went through, tells <see cref="LiveChanges"/> which rows of a team changed.
/// Acts and followers commit with one SaveChanges and open no transaction of their own, so "saved" is "committed".
/// </summary>
public sealed class PublishChangesInterceptor(LiveChanges live) : SaveChangesInterceptor
{
    /// <summary>Columns that count for nobody who looks: with every batch of the feed they would make all pages ask again.</summary>
    private static readonly HashSet<(Type, string)> Bookkeeping =
    [
        (typeof(Servers.Server), nameof(Servers.Server.FeedNumber)),
        (typeof(Servers.Server), nameof(Servers.Server.FeedEpoch)),
        (typeof(Jobs.Job), nameof(Jobs.Job.MayBeDelivered)),
        (typeof(Jobs.JobStep), nameof(Jobs.JobStep.OutputLength)),
        (typeof(Notifications.NotificationEvent), nameof(Notifications.NotificationEvent.FannedOutAt)),
        (typeof(Notifications.Notification), nameof(Notifications.Notification.MailedAt)),
    ];

    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<DbContext, List<LiveChange>> waiting = new();

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
            waiting.AddOrUpdate(context, Collect(context));
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && waiting.TryGetValue(context, out var changes))
        {
            waiting.Remove(context);
            foreach (var change in changes)
                live.Publish(change);
        }

        return ValueTask.FromResult(result);
    }

    private static List<LiveChange> Collect(DbContext context) =>
    [
        .. context.ChangeTracker.Entries()
            .Where(entry => entry.State is EntityState.Added or EntityState.Deleted || (entry.State is EntityState.Modified && !IsBookkeeping(entry)))
            .SelectMany(entry => Told(context, entry.Entity))
            .Distinct(),
    ];

    private static IEnumerable<LiveChange> Told(DbContext context, object stored)
    {
        var change = stored switch
        {
            ITeamOwned owned => new LiveChange(owned.GetType().Name, owned.Id, owned.TeamId),
            Runs.RunStep step => OwnerOf(context, step.RunId, step is Provisioning.PlayTask ? nameof(Provisioning.Play) : nameof(Jobs.Job)),
            Runs.RunOutput output => OwnerOf(context, output.RunId, nameof(Runs.RunOutput)),
            Team team => new LiveChange(nameof(Team), team.Id, team.Id),
            Mail.OutgoingMail mail => new LiveChange(nameof(Mail.OutgoingMail), mail.Id, Guid.Empty),
            TeamMember member => new LiveChange(LiveChange.Access, member.UserId, member.TeamId),
            MemberPlace place => new LiveChange(LiveChange.Access, place.UserId, place.TeamId),
            Notifications.Notification notification => new LiveChange(nameof(Notifications.Notification), notification.UserId, Guid.Empty),
            PortalUser user => new LiveChange(LiveChange.Access, user.Id, Guid.Empty),
            _ => null,
        };
        if (change is not null)
            yield return change;
        if (stored is SupportAccess access)
            yield return new LiveChange(LiveChange.Access, access.UserId, access.TeamId);
    }

    private static bool IsBookkeeping(EntityEntry entry) =>
        entry.Properties.Where(property => property.IsModified).All(property => Bookkeeping.Contains((entry.Metadata.ClrType, property.Metadata.Name)));

    // Whoever changes a step or adds output has its play or job tracked in the same context: they are loaded together.
    private static LiveChange? OwnerOf(DbContext context, Guid runId, string entity) => context.ChangeTracker.Entries<ITeamOwned>()
        .Where(entry => entry.Entity.Id == runId)
        .Select(entry => new LiveChange(entity, runId, entry.Entity.TeamId))
        .FirstOrDefault();
}

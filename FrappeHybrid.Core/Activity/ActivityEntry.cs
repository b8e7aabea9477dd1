using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Activity;

/// <summary>Who did what, when: append-only, and never a secret.</summary>
public sealed class ActivityEntry : ITeamOwned
{
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The actor's user id.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The actor's name at that time.</summary>
    public required string UserName { get; init; }

    /// <summary>What was done, e.g. "create-site".</summary>
    public required string Act { get; init; }

    /// <summary>To what: an entity's id.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>For a person, e.g. "Created site shop.example.com in bench main".</summary>
    public required string Summary { get; init; }

    /// <summary>A new entry for the actor's act.</summary>
    public static ActivityEntry Of(TimeProvider time, Actor actor, Guid teamId, string act, Guid? subjectId, string summary) => new()
    {
        Id = Common.NewId.At(time),
        TeamId = teamId,
        At = time.GetUtcNow(),
        UserId = actor.UserId,
        UserName = actor.Name,
        Act = act,
        SubjectId = subjectId,
        Summary = summary,
    };
}

using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>One event on its way to one webhook. The receiver may get it more than once, always under this id.</summary>
public sealed class WebhookDelivery : ITeamOwned
{
    /// <summary>What the event of a test is called.</summary>
    public const string TestKind = "test";

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    public required Guid WebhookId { get; init; }

    /// <summary>The key of the event's kind, or <see cref="TestKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the event says, as the log names it.</summary>
    public required string Title { get; init; }

    /// <summary>The JSON that is sent, the same with each try.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when the 24 hours count: when it was made, or replayed.</summary>
    public required DateTimeOffset BegunAt { get; set; }

    public WebhookDeliveryState State { get; set; } = WebhookDeliveryState.Waiting;

    /// <summary>When the next try is due; null when none is.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Tries since it was begun: the wait grows with them.</summary>
    public int TriesSinceBegun { get; set; }

    public List<WebhookTry> Tries { get; init; } = [];

    /// <inheritdoc/>
    public Place Place => new(TeamId);

    /// <summary>Sends it (again), at once.</summary>
    public void Begin(DateTimeOffset now)
    {
        (State, BegunAt, NextTryAt, TriesSinceBegun) = (WebhookDeliveryState.Waiting, now, now, 0);
    }

    /// <summary>Ends it.</summary>
    public void End(WebhookDeliveryState state)
    {
        (State, NextTryAt) = (state, null);
    }
}

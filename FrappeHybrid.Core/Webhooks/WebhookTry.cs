namespace FrappeHybrid.Core.Webhooks;

/// <summary>One try to deliver: what went out and what came back.</summary>
public sealed class WebhookTry
{
    /// <summary>The most characters that are kept of an answer.</summary>
    public const int LongestAnswer = 1024;

    public required Guid Id { get; init; }

    public required Guid DeliveryId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The receiver's HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>From the first byte that went out to the last one read.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Why it did not arrive, for a person; null when it did.</summary>
    public string? Problem { get; init; }

    /// <summary>The request's headers, one a line; of the signature only that it was there.</summary>
    public required string RequestHeaders { get; init; }

    /// <summary>The beginning of the answer as text; null when there was none.</summary>
    public string? Answer { get; init; }

    /// <summary>The receiver took it.</summary>
    public bool IsGood => Problem is null;
}

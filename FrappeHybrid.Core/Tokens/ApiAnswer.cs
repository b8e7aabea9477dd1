namespace FrappeHybrid.Core.Tokens;

/// <summary>A request that named an Idempotency-Key, and its answer once there is one: the same request again gets the same answer and does nothing a second time.</summary>
public sealed class ApiAnswer
{
    /// <summary>How long the answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }

    public required Guid TokenId { get; init; }

    /// <summary>SHA-256 of the key, hex.</summary>
    public required string KeyHash { get; init; }

    /// <summary>SHA-256 of method, path, query and body, hex.</summary>
    public required string RequestHash { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null while the request runs, and when the portal ended while it ran.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    /// <summary>The body, encrypted (purpose "api-answer"): it may hold what only the token's owner may see.</summary>
    public string? BodyProtected { get; set; }
}

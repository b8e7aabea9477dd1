namespace FrappeHybrid.Core.Activity;

/// <summary>Which part of the record is wanted; null or empty takes all.</summary>
public sealed record ActivityFilter
{
    /// <summary>Words that all stand in the summary, the act, the name of who did it, or the address.</summary>
    public string? Find { get; init; }

    /// <summary>Only with that result.</summary>
    public ActivityResult? Result { get; init; }

    /// <summary>Only of one team.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>Only about one server, and what is in it.</summary>
    public Guid? ServerId { get; init; }

    /// <summary>Only about one bench, and what is in it.</summary>
    public Guid? BenchId { get; init; }

    /// <summary>Only about one site.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Only what one person did.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }
}

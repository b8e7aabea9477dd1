namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /server/clean-up?archivedDays=&amp;jobDays=`: exactly what the job would take away, and nothing has been.</summary>
/// <param name="Digest">Names this plan; the job does this one or none.</param>
/// <param name="Items">In the order in which they would go.</param>
public sealed record CleanUpPlan(string Digest, IReadOnlyList<CleanUpItem> Items)
{
    /// <summary>Room that it would make at most, in bytes.</summary>
    public long Bytes => Items.Sum(item => item.Bytes);
}

namespace FrappeHybrid.Core.Activity;

/// <summary>What a check of the whole record found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="LastSeal">The seal of the last one: written down elsewhere, it proves later that nothing before it was changed.</param>
/// <param name="Problem">The first thing that is not as it was written, for a person; null when all is.</param>
/// <param name="AtNumber">At which entry.</param>
public sealed record ActivityVerification(long Entries, string LastSeal, string? Problem, long? AtNumber)
{
    /// <summary>All is as it was written.</summary>
    public bool IsWhole => Problem is null;
}

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>What a clean-up did.</summary>
/// <param name="Removed">How many things went.</param>
/// <param name="FreedBytes">By how much the free room grew, as the file system says; other work on the server counts in.</param>
public sealed record CleanUpResult(int Removed, long FreedBytes);

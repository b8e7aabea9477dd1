namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>One thing that a clean-up would take away.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">What names it for the engine or on the disk; part of the plan's digest.</param>
/// <param name="Name">What a person knows it by.</param>
/// <param name="Why">Why it is not needed.</param>
/// <param name="Bytes">What it takes, at most: layers that a kept image shares stay. 0 where nothing can be said.</param>
public sealed record CleanUpItem(CleanUpKind Kind, string Id, string Name, string Why, long Bytes);

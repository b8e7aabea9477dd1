namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>One part of a job, declared before it runs so that a page can show what is coming.</summary>
/// <param name="Key">Stable name on the wire, e.g. "pull-image".</param>
/// <param name="Title">What a person reads, e.g. "Pull image".</param>
public sealed record StepDeclaration(string Key, string Title);

namespace FrappeHybrid.Core.Contracts;

/// <summary>An error answer (application/problem+json).</summary>
/// <param name="Title">What is wrong, for a person.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, for a program: "invalid-name", "not-found", "key-reused", "unknown-job-type", a code of <see cref="Jobs.JobErrorCodes"/>, ...</param>
/// <param name="Detail">What to do about it; null when there is nothing to add.</param>
public sealed record AgentProblem(string Title, int Status, string Code, string? Detail = null);

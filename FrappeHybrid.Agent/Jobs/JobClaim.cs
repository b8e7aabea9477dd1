namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// "From here on this is mine": stored before a job's first side effect on a thing, after the check that there was no such thing. Compensation takes
/// away what was claimed and nothing else, so that a job which fails on "this bench exists" never touches that bench.
/// </summary>
/// <param name="Kind">"bench", "site", ...</param>
/// <param name="Value">Its name.</param>
internal sealed record JobClaim(string Kind, string Value);

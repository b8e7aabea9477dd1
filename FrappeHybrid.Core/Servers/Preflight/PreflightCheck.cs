namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>One row of the pre-flight.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Title">What is checked.</param>
/// <param name="Section">The section of Scripts/preflight/facts.sh whose facts it judges; the portal's own knowledge is <see cref="Portal"/>, a good connection <see cref="Connection"/>.</param>
/// <param name="Judge">The judgement.</param>
internal sealed record PreflightCheck(string Key, string Title, string Section, Func<PreflightFacts, Judgement> Judge)
{
    public const string Connection = "connection";
    public const string Portal = "portal";
}

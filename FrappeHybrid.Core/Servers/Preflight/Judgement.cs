namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>What a check says.</summary>
internal sealed record Judgement(PreflightVerdict Verdict, string Found, string? Advice)
{
    public static Judgement Pass(string found) => new(PreflightVerdict.Pass, found, null);

    public static Judgement Warn(string found, string advice) => new(PreflightVerdict.Warn, found, advice);

    public static Judgement Fail(string found, string advice) => new(PreflightVerdict.Fail, found, advice);
}

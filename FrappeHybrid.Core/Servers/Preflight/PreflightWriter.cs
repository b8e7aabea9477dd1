using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Stores rows as they are judged: all of a report, or the one that was asked for again.</summary>
internal sealed class PreflightWriter(PortalDb db, PreflightReport report, string? onlyKey, TimeProvider time)
{
    /// <summary>The sections of the remote script that have to run, separated by blanks.</summary>
    public string Sections(bool alsoNetwork)
    {
        if (onlyKey is null)
            return "all";
        var section = PreflightChecks.Find(onlyKey)?.Section ?? "";
        if (section is PreflightCheck.Portal)
            return alsoNetwork ? "network" : "";
        // The ports of the programs say whose they are; "ours" is among them.
        return section is PreflightCheck.Connection ? "" : section;
    }

    /// <summary>Whether any row of the section is to be judged.</summary>
    public bool Wants(string section) => PreflightChecks.All.Any(check => string.Equals(check.Section, section, StringComparison.Ordinal) && IsAsked(check.Key));

    /// <summary>Judges and stores the rows of a section.</summary>
    public async Task JudgeAsync(string section, PreflightFacts facts, CancellationToken cancel)
    {
        foreach (var check in PreflightChecks.All.Where(check => string.Equals(check.Section, section, StringComparison.Ordinal) && IsAsked(check.Key)))
            Set(check.Key, check.Judge(facts));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>There is no way to look: the row that stands for it fails with the reason, and those that still wait say so.</summary>
    public async Task RefuseAsync(Error error, CancellationToken cancel, string rowKey = "connection")
    {
        Set(onlyKey ?? rowKey, Judgement.Fail(error.Message, error.Advice ?? ""));
        foreach (var row in report.Rows.Where(row => row.Verdict is PreflightVerdict.Waiting && PreflightChecks.Find(row.Key)?.Section is not PreflightCheck.Portal))
            row.Found = "Not looked at: see above";
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The report is complete.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        report.FinishedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
    }

    private bool IsAsked(string key) => onlyKey is null || string.Equals(onlyKey, key, StringComparison.Ordinal);

    private void Set(string key, Judgement judgement)
    {
        var row = report.Rows.Single(each => string.Equals(each.Key, key, StringComparison.Ordinal));
        (row.Verdict, row.Found, row.Advice) = (judgement.Verdict, judgement.Found, judgement.Advice);
    }
}

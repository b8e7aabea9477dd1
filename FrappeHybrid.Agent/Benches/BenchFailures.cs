using System.Globalization;
using FrappeHybrid.Agent.Failures;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>What a failed `bench` command means, in plain words: <see cref="FailureTable"/>, and the patch in which it happened.</summary>
internal static class BenchFailures
{
    private const int KilledCode = 137;
    private const string Executing = "Executing ";
    private const string DonePatch = "Success: Done in";
    private const string SkippedPatch = "Failed to execute patch";
    private const int LongestReason = 300;

    /// <summary>Causes outside of the patch that was at work.</summary>
    private static readonly HashSet<string> NotOfThePatch = new(StringComparer.Ordinal)
    {
        JobErrorCodes.DiskFull, JobErrorCodes.OutOfMemory, JobErrorCodes.DatabaseUnreachable, JobErrorCodes.DatabaseRefused, JobErrorCodes.NotReady, JobErrorCodes.EngineUnavailable,
        JobErrorCodes.PermissionDenied,
    };

    /// <summary>The failure of a command that ended with a code other than 0.</summary>
    /// <param name="what">What was tried, e.g. "The site could not be created".</param>
    /// <param name="result">How the command ended.</param>
    public static JobFailedException Explain(string what, ProgramResult result)
    {
        // 137 is a kill from outside; on a machine with memory limits that is nearly always the kernel for lack of memory.
        var found = result.ExitCode == KilledCode ? MachineFailures.OutOfMemory : FailureTable.Find(FailureTable.Programs, result.Output);
        if (FailedPatch(result.Output) is { } patch && !NotOfThePatch.Contains(found?.Code ?? ""))
            return new JobFailedException(JobErrorCodes.PatchFailed, $"{what}: the patch {patch} failed{Cause(found, result.Output)}", SiteFailures.PatchFailed.Advice, result.Output);

        return found is not null
            ? new JobFailedException(found.Code, $"{what}: {Small(found.Message)}", found.Advice, result.Output)
            : new JobFailedException(
                JobErrorCodes.CommandFailed,
                string.Create(CultureInfo.InvariantCulture, $"{what}: bench ended with code {result.ExitCode}."),
                "Its output below may tell why.",
                result.Output);
    }

    /// <summary>The patch that was at work when a migration ended, e.g. "erpnext.patches.v15_0.rename_x"; null when none was.</summary>
    public static string? FailedPatch(string output) => Read(output).Last;

    /// <summary>Patches that failed and were left out.</summary>
    public static IReadOnlyList<string> SkippedPatches(string output) => Read(output).Skipped;

    private static (string? Last, IReadOnlyList<string> Skipped) Read(string output)
    {
        var skipped = new List<string>();
        string? patch = null;
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith(Executing, StringComparison.Ordinal) && line.Contains(" in ", StringComparison.Ordinal) && !line.StartsWith("Executing `", StringComparison.Ordinal))
            {
                patch = line[Executing.Length..line.IndexOf(" in ", StringComparison.Ordinal)];
            }
            else if (line.StartsWith(DonePatch, StringComparison.Ordinal))
            {
                patch = null;
            }
            else if (line.StartsWith(SkippedPatch, StringComparison.Ordinal) && patch is not null)
            {
                skipped.Add(patch);
                patch = null;
            }
        }

        return (patch, skipped);
    }

    /// <summary>The pattern's words; without one the last line that is not a part of a traceback.</summary>
    private static string Cause(FailurePattern? found, string output)
    {
        if (found is not null)
            return $": {Small(found.Message)}";

        var last = output.Split('\n').LastOrDefault(line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && !line.StartsWith(Executing, StringComparison.Ordinal));
        return last is null ? "." : $": {(last.Length <= LongestReason ? last : last[..LongestReason] + "…")}";
    }

    private static string Small(string message) => message.StartsWith("MariaDB", StringComparison.Ordinal) ? message : $"{char.ToLowerInvariant(message[0])}{message[1..]}";
}

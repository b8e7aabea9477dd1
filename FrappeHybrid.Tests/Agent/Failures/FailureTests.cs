using System.Text;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Failures;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Failures;

/// <summary>Every pattern against output that was recorded for it: Recorded/{key}.txt, {key}.2.txt, ..., whose first line tells where it is from.</summary>
public sealed class FailureTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Agent", "Failures", "Recorded");
    private static readonly string Documentation = Path.Combine(Repository.Root, "docs", "errors.md");

    public static TheoryData<string> Recordings { get; } = new(Directory.GetFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Recorded_output_is_explained_by_its_pattern(string recording)
    {
        var key = recording.Split('.')[0];
        var output = string.Join('\n', File.ReadAllLines(Path.Combine(Folder, recording + ".txt")).Skip(1));
        if (key == SiteFailures.PatchFailed.Key)
        {
            Assert.Equal("erpnext.patches.v15_51.rename_company_field", BenchFailures.FailedPatch(output));
            return;
        }

        var table = RegistryFailures.All.Any(pattern => pattern.Key == key) ? FailureTable.Registries : FailureTable.Programs;
        Assert.Equal(key, FailureTable.Find(table, output)?.Key);
    }

    [Fact]
    public void Every_pattern_has_a_recording_and_an_advice()
    {
        var recorded = Recordings.Select(row => row.Data.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var all = All().ToList();
        Assert.True(all.Count >= 20);
        Assert.Equal("", string.Join(", ", all.Select(pattern => pattern.Key).Where(key => !recorded.Contains(key))));
        Assert.Equal(all.Count, all.Select(pattern => pattern.Key).Distinct(StringComparer.Ordinal).Count());
        var codes = typeof(JobErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
        Assert.All(all, pattern =>
        {
            Assert.Contains(pattern.Code, codes);
            Assert.EndsWith(".", pattern.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", pattern.Advice, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_failed_patch_is_named_with_its_cause()
    {
        var error = BenchFailures.Explain("The site could not be migrated", new ProgramResult(1, File.ReadAllText(Path.Combine(Folder, "patch-failed.txt")))).Error;
        Assert.Equal(JobErrorCodes.PatchFailed, error.Code);
        Assert.Equal(
            "The site could not be migrated: the patch erpnext.patches.v15_51.rename_company_field failed: the database lacks a column that the code asks for.", error.Message);
    }

    [Fact]
    public void A_full_disk_in_a_patch_is_a_full_disk()
    {
        var output = "Executing erpnext.patches.v15_51.x in site1.test (_6d94780e7072212f)\nOSError: [Errno 28] No space left on device";
        Assert.Equal(JobErrorCodes.DiskFull, BenchFailures.Explain("It failed", new ProgramResult(1, output)).Error.Code);
    }

    [Fact]
    public void A_patch_that_was_done_has_not_failed() =>
        Assert.Null(BenchFailures.FailedPatch("Executing a.b in site1.test (_6d94780e7072212f)\nSuccess: Done in 0.1s\nExecuting `after_migrate` hooks..."));

    [Fact]
    public void A_patch_that_was_left_out_has_not_ended_the_migration()
    {
        var output = "Executing a.b in site1.test (_6d94780e7072212f)\nFailed to execute patch\nExecuting c.d in site1.test (_6d94780e7072212f)\nTraceback (most recent call last):\n  File \"x\"\nKeyError: 'nobody has seen this'";
        Assert.Equal(["a.b"], BenchFailures.SkippedPatches(output));
        Assert.Equal("It failed: the patch c.d failed: KeyError: 'nobody has seen this'", BenchFailures.Explain("It failed", new ProgramResult(1, output)).Error.Message);
        Assert.Null(BenchFailures.FailedPatch(output[..output.IndexOf("Executing c.d", StringComparison.Ordinal)]));
    }

    /// <summary>docs/errors.md is this table. WRITE_DOCS=1 in the environment writes it.</summary>
    [Fact]
    public void The_documentation_is_the_table()
    {
        var text = new StringBuilder("""
            # What failures mean

            A failed job tells what is wrong and what to do. This is the table from which the Agent takes both; the first row whose sign stands in the output counts, causes
            before their consequences. A test holds this page to the code. The raw output is always on the job's page too. Codes are stable.


            """);
        Write(text, "The machine", MachineFailures.All);
        Write(text, "MariaDB and Redis", DatabaseFailures.All);
        Write(text, "Bench, apps and backups", [.. SiteFailures.All, SiteFailures.PatchFailed]);
        Write(text, "Registries", RegistryFailures.All);
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1")
            File.WriteAllText(Documentation, text.ToString());

        Assert.Equal(text.ToString(), File.ReadAllText(Documentation));
    }

    private static IEnumerable<FailurePattern> All() =>
        [.. MachineFailures.All, .. DatabaseFailures.All, .. SiteFailures.All, SiteFailures.PatchFailed, .. RegistryFailures.All];

    private static void Write(StringBuilder text, string title, IReadOnlyList<FailurePattern> patterns)
    {
        text.Append("## ").Append(title).Append("\n\n| what is wrong | what to do | code | recognised by |\n|---|---|---|---|\n");
        foreach (var pattern in patterns)
        {
            var signs = pattern.Signs.Length == 0 ? "the patch that was at work" : string.Join(", ", pattern.Signs.Where(IsNotAnotherSpelling).Select(sign => $"`{sign}`"));
            text.Append("| ").Append(pattern.Message.Replace("{0}", "of this name", StringComparison.Ordinal)).Append(" | ").Append(pattern.Advice).Append(" | `").Append(pattern.Code).Append("` | ").Append(signs).Append(" |\n");
        }

        text.Append('\n');
    }

    /// <summary>MariaDB's numbers come in three spellings; one is enough for a reader.</summary>
    private static bool IsNotAnotherSpelling(string sign) => !sign.StartsWith("Got error: ", StringComparison.Ordinal) && !sign.StartsWith("ERROR ", StringComparison.Ordinal);
}

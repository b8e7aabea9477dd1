using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FrappeHybrid.Tests;

/// <summary>
/// One run of the tests, with a plain last line for CI. What fails runs once more, alone (decision 0015): a test on a real engine shares two processors with two others, and
/// what counts is whether the code is broken. Both answers are printed, at the end, where a short extract of the output still shows them.
/// </summary>
internal static class TestRun
{
    // More than that is no accident: the change is broken, and a second run would only cost time.
    private const int MostAgain = 5;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (code, first) = await RunInProcessAsync(arguments);
        if (first is null)
            return code;
        if (first.Failed.Count == 0 || first.Errors > 0 || first.FailedMethods.Count > MostAgain)
        {
            Print("failed", first.Failed);
            Console.WriteLine($"{first.Passed} passed, {first.Failed.Count + first.Errors} failed");
            return code;
        }

        Console.WriteLine($"{first.Passed} passed, {first.Failed.Count} failed; those once more, alone:");
        var (_, second) = await RunInProcessAsync([.. first.FailedMethods.SelectMany(method => new[] { "-method", method }), "-maxThreads", "1"]);

        // What has not passed now has failed, whatever became of it.
        var still = first.Failed.Where(test => second?.HasPassed(test.Name) != true).ToList();
        Print("failed at first, passed alone", [.. first.Failed.Except(still)]);
        Print("failed twice", still);
        Console.WriteLine($"{first.Passed + first.Failed.Count - still.Count} passed, {still.Count} failed");
        return still.Count == 0 ? 0 : 1;
    }

    // In a process of its own: the runner ends its process soon after the last test, and nothing static is left for the second run.
    private static async Task<(int Code, TestReport? Report)> RunInProcessAsync(IEnumerable<string> arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"frappe-hybrid-tests-{Environment.ProcessId}.xml");
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!);
            if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
                start.ArgumentList.Add(typeof(TestRun).Assembly.Location);
            foreach (var argument in arguments.Concat(["-xml", path]))
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;

            // The portals that tests run in there take the signal for themselves: whoever ends this run ends that one too.
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => process.Kill(entireProcessTree: true));
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => process.Kill(entireProcessTree: true));
            await process.WaitForExitAsync();
            return (process.ExitCode, File.Exists(path) ? TestReport.Read(path) : null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Print(string what, IEnumerable<FailedTest> tests)
    {
        foreach (var test in tests)
            Console.WriteLine($"{what}: {test.Name}: {test.Message}");
    }
}

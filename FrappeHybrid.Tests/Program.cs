using Xunit.Runner.InProc.SystemConsole;

namespace FrappeHybrid.Tests;

/// <summary>The test runner, and the entry of ./demo and ./measure.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["demo", .. var options] => await Demo.DemoRun.RunAsync(options),
        ["measure", "provision", .. var options] => await Measure.ProvisionMeasure.RunAsync(options),
        ["measure", "authz"] => await Measure.AuthzMeasure.RunAsync(),
        ["measure", "backup"] => await Measure.BackupMeasure.RunAsync(),
        ["measure", "login", .. var options] => await Measure.LoginMeasure.RunAsync(options),
        ["measure", "console", .. var options] => await Measure.ConsoleMeasure.RunAsync(options),
        ["measure", "console-viewers", .. var options] => await Measure.Consoles.Viewers.RunAsync(options),
        ["measure", "feel"] => await Measure.FeelMeasure.RunAsync(),
        ["measure", "jobs"] => await Measure.JobsMeasure.RunAsync(),
        ["measure", "update", .. var options] => await Measure.UpdateMeasure.RunAsync(options),
        _ => await RunTestsAsync(arguments),
    };

    // The runner's own summary is for people; CI reads one plain line. Whoever asks for another answer than that gets the runner's own.
    private static async Task<int> RunTestsAsync(string[] arguments)
    {
        if (!arguments.Any(argument => argument is "-xml" or "-automated" or "-list" or "-?" or "-assemblyInfo" || argument.StartsWith('@')))
            return await TestRun.RunAsync(arguments);

        // A page under test may share two busy cores with everything else.
        Microsoft.Playwright.Assertions.SetDefaultExpectTimeout(60_000);
        return await ConsoleRunner.Run(arguments);
    }
}

namespace FrappeHybrid.Tests;

/// <summary>The test runner, and the entry of ./demo and ./measure.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments) => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);
}

using System.Globalization;
using System.Text.RegularExpressions;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// What a failed `bench` command means, in plain words. The exit code has already said that it failed; the reason may be on standard output or be the
/// last line of a traceback on standard error, so both are searched, and the first pattern that is found wins: causes before their consequences.
/// </summary>
internal static partial class BenchFailures
{
    private const int KilledCode = 137;

    private static readonly IReadOnlyList<Pattern> Patterns =
    [
        new(NoSpace(), JobErrorCodes.DiskFull, "The server's disk is full.", "Free some space, or make the disk larger, and start the job again."),
        new(Killed(), JobErrorCodes.OutOfMemory, "The command was killed for lack of memory.", "Give the backend a higher memory limit, or the server more memory."),
        new(Refused(), JobErrorCodes.DatabaseRefused, "MariaDB refused the sign-in.", "Run \"Set up server\" again; it checks MariaDB's root password."),
        new(
            NoDatabaseName(), JobErrorCodes.DatabaseUnreachable, "The name of the MariaDB container cannot be resolved in the bench.",
            "MariaDB is stopped, or the bench is not on its network."),
        new(NoDatabase(), JobErrorCodes.DatabaseUnreachable, "MariaDB does not answer.", "Look whether its container runs and what its log says."),
        new(NoRedis(), JobErrorCodes.NotReady, "A Redis of the bench does not answer.", "Look at the bench's services redis-cache and redis-queue."),
        new(NoApp(), JobErrorCodes.AppNotInBench, "The bench's image lacks the app.", "Choose a release that has it."),
        new(Incompatible(), JobErrorCodes.CommandFailed, "The app does not fit this version of Frappe.", "Choose a release in which both fit."),
        new(DatabaseExists(), JobErrorCodes.SiteExists, "A database of this name is there already.", "It may be left from an earlier site; look at it before you remove it."),
        new(SiteExists(), JobErrorCodes.SiteExists, "A site of this name is in the bench already.", "Choose another name."),
        new(Locked(), JobErrorCodes.CommandFailed, "Another bench command is at work on this site.", "Wait until it has ended, and start the job again."),
        new(NoSite(), JobErrorCodes.CommandFailed, "The site is not there.", "Somebody has removed or renamed its folder."),
        new(BadFile(), JobErrorCodes.CommandFailed, "The file is not a database backup.", "Choose another file."),
        new(NoPassword(), JobErrorCodes.Unexpected, "The command asked for something that it was not given.", "Tell the operator; this version of bench asks in another way."),
        new(BadUsage(), JobErrorCodes.CommandFailed, "This version of bench does not know the command.", "The release may be too old or too new for this Agent."),
    ];

    /// <summary>The failure of a command that ended with a code other than 0.</summary>
    /// <param name="what">What was tried, e.g. "The site could not be created".</param>
    /// <param name="result">How the command ended.</param>
    public static JobFailedException Explain(string what, ProgramResult result)
    {
        // 137 is a kill from outside; on a machine with memory limits that is nearly always the kernel for lack of memory.
        if (result.ExitCode == KilledCode)
            return Of(Patterns[1], what, result);

        return Patterns.FirstOrDefault(pattern => pattern.Expression.IsMatch(result.Output)) is { } found
            ? Of(found, what, result)
            : new JobFailedException(
                JobErrorCodes.CommandFailed,
                string.Create(CultureInfo.InvariantCulture, $"{what}: bench ended with code {result.ExitCode}."),
                "Its output below may tell why.",
                result.Output);
    }

    private static JobFailedException Of(Pattern pattern, string what, ProgramResult result) =>
        new(pattern.Code, $"{what}: {char.ToLowerInvariant(pattern.Message[0])}{pattern.Message[1..]}", pattern.Advice, result.Output);

    [GeneratedRegex(@"No space left on device|\(1021,|errno: 28\b|OSError: \[Errno 28\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoSpace();

    [GeneratedRegex(@"MemoryError|Cannot allocate memory|died with <Signals\.SIGKILL", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Killed();

    [GeneratedRegex(@"\((1045|1044|1698|1227), ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(@"\((2003|2005), .*(name resolution|Name or service not known|Unknown)|got error: 2005", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoDatabaseName();

    [GeneratedRegex(@"\((2002|2003|2006|2013), |got error: 20\d\d|Service mariadb is not running", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoDatabase();

    [GeneratedRegex(@"Service redis_\w+ is not running|redis\.exceptions\.ConnectionError", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoRedis();

    [GeneratedRegex(@"Could not find app ""|No module named '|App \S+ not in apps\.txt", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoApp();

    [GeneratedRegex(@"is Incompatible with Site", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Incompatible();

    [GeneratedRegex(@"Database \S+ already exists|\(1007, ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatabaseExists();

    [GeneratedRegex(@"^Site \S+ already exists", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SiteExists();

    [GeneratedRegex(@"filelock\S*Timeout|\.lock' could not be acquired|LockTimeoutError|\(1205, ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Locked();

    [GeneratedRegex(@"^Site \S+ does not exist|IncorrectSitePath", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoSite();

    [GeneratedRegex(@"BadGzipFile|InvalidDatabaseFile|is an empty file!", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BadFile();

    [GeneratedRegex(@"^Aborted!|EOFError", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoPassword();

    [GeneratedRegex(@"Error: No such (option|command)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BadUsage();

    private sealed record Pattern(Regex Expression, string Code, string Message, string Advice);
}

using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>All rows, found by their type: see <see cref="KillCase"/> for how to add one.</summary>
internal static class KillTable
{
    /// <summary>How many servers work on the table.</summary>
    private const int Parts = 2;

    /// <summary>Keys of job types whose case is still to be written. Take yours out when you add it; empty in what is released.</summary>
    public static readonly IReadOnlySet<string> ToCome = new HashSet<string>(StringComparer.Ordinal)
    {
    };

    /// <summary>Keys of job types that are killed elsewhere, with the class that does it and why.</summary>
    public static readonly IReadOnlyDictionary<string, (Type Class, string Why)> Elsewhere = new Dictionary<string, (Type, string)>(StringComparer.Ordinal)
    {
        ["clean-up-server"] = (typeof(Servers.CleanUpEngineTests), "It is about everything in an engine: on the machine's own it would take away what other tests are at work with."),
    };

    /// <summary>One case for each job type.</summary>
    public static IReadOnlyList<KillCase> All { get; } =
    [
        .. typeof(KillCase).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(KillCase)) && !type.IsAbstract)
            .Select(type => (KillCase)Activator.CreateInstance(type)!)
            .OrderBy(row => JobTypes.All.ToList().IndexOf(row.Type)),
    ];

    public static KillCase Find(string type) => All.Single(row => row.Type.Key == type);

    /// <summary>
    /// The cases of one part of the table, servers work on them side by side: type by type, each killed in every step, cancelled in the middle one (in every step when types are named
    /// in KILL_TABLE) and left alone, so that what one case has made ready serves the next.
    /// </summary>
    public static IEnumerable<(string Type, string How, string Step)> Part(int part) => Types(part).SelectMany(row =>
    {
        var steps = row.Type.Steps.Where(step => !row.LeftOut.ContainsKey(step.Key)).Select(step => step.Key).ToList();
        return steps.Select(step => (row.Type.Key, KillRun.Killed, step))
            .Concat((IsNamed ? steps : [row.Type.Steps[row.Type.Steps.Count / 2].Key]).Select(step => (row.Type.Key, KillRun.Cancelled, step)))
            .Append((row.Type.Key, KillRun.LeftAlone, ""));
    });

    private static IEnumerable<KillCase> Types(int part) => All.Where((row, index) => index % Parts == part && Wanted(row));

    private static bool IsNamed => Environment.GetEnvironmentVariable("KILL_TABLE") is { Length: > 0 };

    /// <summary>KILL_TABLE=key,key runs these types only, KILL_TABLE=all every one.</summary>
    private static bool Wanted(KillCase row) =>
        Environment.GetEnvironmentVariable("KILL_TABLE") is not { Length: > 0 } wanted || wanted is "all" || wanted.Split(',').Contains(row.Type.Key, StringComparer.Ordinal);
}

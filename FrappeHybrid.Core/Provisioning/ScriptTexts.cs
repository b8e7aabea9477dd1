using System.Collections.Concurrent;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>The embedded scripts.</summary>
internal static class ScriptTexts
{
    private static readonly ConcurrentDictionary<string, string> Cache = new(StringComparer.Ordinal);

    public static string Preflight => Read("preflight/facts.sh");

    /// <summary>The functions that every task's script uses.</summary>
    public static string Prelude => Read("prelude.sh");

    /// <summary>What runs tasks one after another on the server.</summary>
    public static string Tasks => Read("run-tasks.sh");

    /// <summary>Follows what <see cref="Tasks"/> does, after the connection to it was lost.</summary>
    public static string Follow => Read("follow-tasks.sh");

    /// <summary>Takes the Agent's program.</summary>
    public static string Upload => Read("upload.sh");

    /// <summary>A task's script: Scripts/NN-key.sh.</summary>
    public static string OfTask(string key) => Read(Names.Single(name => name.EndsWith($"-{key}.sh", StringComparison.Ordinal) && char.IsAsciiDigit(name[0]) && name.Length == key.Length + "00-.sh".Length));

    /// <summary>The names of all scripts.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(ScriptTexts).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Scripts/", StringComparison.Ordinal)).Select(name => name["Scripts/".Length..]).Order(StringComparer.Ordinal)];

    private static string Read(string name) => Cache.GetOrAdd(name, _ =>
    {
        using var stream = typeof(ScriptTexts).Assembly.GetManifestResourceStream("Scripts/" + name) ?? throw new InvalidOperationException($"The script {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}

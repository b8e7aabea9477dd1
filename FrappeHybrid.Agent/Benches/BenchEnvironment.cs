using System.Text.Json;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>What somebody has set for the containers of a bench: a file that only the Agent's user may read, because there are secrets among it.</summary>
internal sealed class BenchEnvironment(BenchFolder folder)
{
    private string Current => Path.Combine(folder.Config, "environment.json");

    /// <summary>The state before a change that is under way.</summary>
    private string Before => Path.Combine(folder.Config, "environment.before.json");

    public IReadOnlyDictionary<string, string> Read() => File.Exists(Current)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(Current), BenchJson.Default.IReadOnlyDictionaryStringString) ?? new Dictionary<string, string>()
        : new Dictionary<string, string>();

    public void Write(IReadOnlyDictionary<string, string> variables) =>
        DurableFile.Write(Current, JsonSerializer.Serialize(variables, BenchJson.Default.IReadOnlyDictionaryStringString), DurableFile.Secret);

    /// <summary>Keeps the state of now for the way back.</summary>
    public void Keep() => DurableFile.Write(Before, File.Exists(Current) ? File.ReadAllText(Current) : "{}", DurableFile.Secret);

    /// <summary>The way back; nothing happens when it was gone already.</summary>
    public void PutBack()
    {
        if (File.Exists(Before))
            File.Move(Before, Current, overwrite: true);
    }

    /// <summary>There is no way back any more.</summary>
    public void Forget()
    {
        File.Delete(Before);
        DurableFile.FlushFolder(folder.Config);
    }

    /// <summary>As whoever asks may see it.</summary>
    public IReadOnlyList<BenchVariable> Show() =>
    [
        .. Read().OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new BenchVariable(variable.Key, BenchVariables.IsSecret(variable.Key) ? null : variable.Value)),
    ];
}

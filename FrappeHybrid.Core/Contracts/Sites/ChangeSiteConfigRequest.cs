using System.Text.Json;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/config`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>. Values may be secret: they are in no row, feed or log.</summary>
/// <param name="Version">Of the configuration that the change was made on; another one on the server refuses it.</param>
/// <param name="Set">Keys with their values, of whatever JSON type.</param>
/// <param name="Remove">Keys that go.</param>
public sealed record ChangeSiteConfigRequest(string Version, IReadOnlyDictionary<string, JsonElement> Set, IReadOnlyList<string> Remove)
{
    // A record prints all its members.
    /// <inheritdoc/>
    public override string ToString() => $"ChangeSiteConfigRequest {{ Set = {string.Join(", ", Set.Keys)}, Remove = {string.Join(", ", Remove)} }}";
}

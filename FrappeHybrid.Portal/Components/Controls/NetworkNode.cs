using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A part of a bench's network as it is drawn.</summary>
/// <param name="Name">As everybody calls it.</param>
/// <param name="Look">How it is.</param>
/// <param name="Service">Whose console it opens; null for what has none.</param>
public sealed record NetworkNode(string Name, StateLook Look, BenchService? Service)
{
    /// <summary>It is known not to be well.</summary>
    public bool IsPoor => Look.Tone is "warn" or "fail";
}

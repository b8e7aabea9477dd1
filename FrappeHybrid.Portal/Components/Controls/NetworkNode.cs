using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A part of a bench's network as it is drawn.</summary>
/// <param name="Name">As everybody calls it.</param>
/// <param name="Look">How it is.</param>
/// <param name="Service">Whose console it opens; null for what is not the bench's own.</param>
/// <param name="Shared">The console of what all benches of the server share; null for what is the bench's own, and for the proxy, which the server does not see.</param>
public sealed record NetworkNode(string Name, StateLook Look, BenchService? Service, ConsoleSource? Shared)
{
    /// <summary>It is known not to be well.</summary>
    public bool IsPoor => Look.Tone is "warn" or "fail";
}

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /server/load`: how busy the server was in the last minutes, as far as the Agent has run.</summary>
/// <param name="Processors">Logical processors.</param>
/// <param name="MemoryTotalBytes">RAM.</param>
/// <param name="DiskTotalBytes">Size of the file system that holds /home/frappe.</param>
/// <param name="SecondsApart">From one sample to the next.</param>
/// <param name="MostSamples">How many are kept; the oldest go.</param>
/// <param name="Samples">Oldest first; none in the first seconds of the Agent.</param>
public sealed record ServerLoad(int Processors, long MemoryTotalBytes, long DiskTotalBytes, int SecondsApart, int MostSamples, IReadOnlyList<LoadSample> Samples);

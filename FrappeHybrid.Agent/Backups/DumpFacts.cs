namespace FrappeHybrid.Agent.Backups;

/// <summary>What a dump that was read to its end says of itself.</summary>
/// <param name="FrappeVersion">From its header.</param>
/// <param name="SqlBytes">Its size before compression.</param>
internal sealed record DumpFacts(string FrappeVersion, long SqlBytes);

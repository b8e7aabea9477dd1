namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Result of "Archive Bench".</summary>
/// <param name="Folder">Where the bench's folder is now on the server: its configuration and logs.</param>
/// <param name="Bytes">How much that takes.</param>
public sealed record ArchiveBenchResult(string Folder, long Bytes);

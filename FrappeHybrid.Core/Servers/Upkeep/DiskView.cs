using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>What a server's disk is used for, as its page shows it.</summary>
/// <param name="Use">The figures.</param>
/// <param name="Benches">Ids of the server's benches by name.</param>
/// <param name="Sites">Ids of the server's sites by name.</param>
public sealed record DiskView(DiskUse Use, IReadOnlyDictionary<string, Guid> Benches, IReadOnlyDictionary<string, Guid> Sites);

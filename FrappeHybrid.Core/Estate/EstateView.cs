namespace FrappeHybrid.Core.Estate;

/// <summary>All servers, benches and sites that somebody sees, each list by name.</summary>
public sealed record EstateView(IReadOnlyList<EstateServer> Servers, IReadOnlyList<EstateBench> Benches, IReadOnlyList<EstateSite> Sites);

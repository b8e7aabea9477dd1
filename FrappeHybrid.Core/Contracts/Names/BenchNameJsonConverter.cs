namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>JSON form of <see cref="BenchName"/>.</summary>
public sealed class BenchNameJsonConverter() : NameJsonConverter<BenchName>(text => BenchName.TryParse(text, out var name) ? name : null, BenchName.Rule);

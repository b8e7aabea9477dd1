namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>JSON form of <see cref="DomainName"/>.</summary>
public sealed class DomainNameJsonConverter() : NameJsonConverter<DomainName>(text => DomainName.TryParse(text, out var name) ? name : null, DomainName.Rule);

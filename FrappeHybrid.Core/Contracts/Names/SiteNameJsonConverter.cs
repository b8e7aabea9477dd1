namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>JSON form of <see cref="SiteName"/>.</summary>
public sealed class SiteNameJsonConverter() : NameJsonConverter<SiteName>(text => SiteName.TryParse(text, out var name) ? name : null, SiteName.Rule);

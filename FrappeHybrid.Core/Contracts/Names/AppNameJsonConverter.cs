namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>JSON form of <see cref="AppName"/>.</summary>
public sealed class AppNameJsonConverter() : NameJsonConverter<AppName>(text => AppName.TryParse(text, out var name) ? name : null, AppName.Rule);

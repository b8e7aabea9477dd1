namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>JSON form of <see cref="LogName"/>.</summary>
public sealed class LogNameJsonConverter() : NameJsonConverter<LogName>(text => LogName.TryParse(text, out var name) ? name : null, LogName.Rule);

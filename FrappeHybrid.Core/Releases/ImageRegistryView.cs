namespace FrappeHybrid.Core.Releases;

/// <summary>A registry as the operator's page shows it: never with its password.</summary>
/// <param name="Id">Null for the one that the configuration names.</param>
/// <param name="Host">As images name it.</param>
/// <param name="UserName">Its user.</param>
/// <param name="AcceptedAt">When the registry last accepted it; null for the one of the configuration.</param>
public sealed record ImageRegistryView(Guid? Id, string Host, string UserName, DateTimeOffset? AcceptedAt);

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>An app and its version, as `bench version` says it.</summary>
/// <param name="App">The app.</param>
/// <param name="Version">Such as "15.51.0".</param>
public sealed record AppVersion(AppName App, string Version);

using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>An installed app.</summary>
/// <param name="App">Its name.</param>
/// <param name="Version">What the bench's image holds of it, e.g. "15.50.0"; null when the image does not say.</param>
public sealed record AppVersion(AppName App, string? Version);

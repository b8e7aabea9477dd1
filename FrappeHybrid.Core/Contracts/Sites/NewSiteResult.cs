using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>Result of "New Site".</summary>
/// <param name="DatabaseName">The site's database and database user.</param>
/// <param name="Apps">What is installed, frappe included.</param>
public sealed record NewSiteResult(string DatabaseName, IReadOnlyList<AppName> Apps);

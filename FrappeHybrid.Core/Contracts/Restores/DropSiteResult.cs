namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>Result of "Drop".</summary>
/// <param name="Archive">The name of its folder in /home/frappe/archived is the site's name, "-" and this.</param>
/// <param name="CanComeBack">The archive holds a whole dump of the database.</param>
public sealed record DropSiteResult(Guid Archive, bool CanComeBack);

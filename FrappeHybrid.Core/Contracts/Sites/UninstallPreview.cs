namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`GET /benches/{bench}/sites/{site}/apps/{app}/uninstall-preview`: what bench says would go, without doing it.</summary>
/// <param name="Lines">Its own words, at most 400 lines.</param>
/// <param name="Doctypes">Kinds of documents that the app has brought, with how many documents there are of each.</param>
public sealed record UninstallPreview(IReadOnlyList<string> Lines, IReadOnlyList<DoctypeCount> Doctypes);

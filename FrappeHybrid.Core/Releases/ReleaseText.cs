namespace FrappeHybrid.Core.Releases;

/// <summary>What the operator types about a release.</summary>
/// <param name="Name">What a customer reads, e.g. "ERPNext 15.50.0".</param>
/// <param name="Version">Version of Frappe in it, e.g. "15.50.0".</param>
/// <param name="Image">The image with its tag.</param>
/// <param name="Apps">The apps in it, separated by blanks or commas; frappe need not be named.</param>
public sealed record ReleaseText(string Name, string Version, string Image, string Apps);

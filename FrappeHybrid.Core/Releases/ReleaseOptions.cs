namespace FrappeHybrid.Core.Releases;

/// <summary>One release of the catalogue as the operator writes it, section "Releases" of appsettings.json.</summary>
public sealed class ReleaseOptions
{
    /// <summary>What a customer reads, e.g. "ERPNext 15.50.0".</summary>
    public string Name { get; set; } = "";

    /// <summary>Version of Frappe in it.</summary>
    public string Version { get; set; } = "";

    /// <summary>The image with its tag, which identifies the release.</summary>
    public string Image { get; set; } = "";

    /// <summary>The apps in it.</summary>
    public List<string> Apps { get; set; } = [];
}

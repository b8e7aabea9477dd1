using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Releases;

/// <summary>A bench image with its apps and versions, e.g. `frappe/erpnext:v15.50.0`. The operator's catalogue; not a team's.</summary>
public sealed class Release
{
    public required Guid Id { get; init; }

    /// <summary>What a customer reads, e.g. "ERPNext 15.50.0".</summary>
    public required string Name { get; set; }

    /// <summary>The version of Frappe in it, e.g. "15.50.0"; newer ones sort later.</summary>
    public required string Version { get; set; }

    public required ImageReference Image { get; init; }

    /// <summary>The apps in it, frappe first.</summary>
    public required List<string> Apps { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Offered for new benches.</summary>
    public bool IsEnabled { get; set; } = true;
}

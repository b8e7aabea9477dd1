using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Restores;

/// <summary>What takes data away is confirmed with the site's name; asked here too, because a page is not the only way to an act.</summary>
internal static class ConfirmedName
{
    /// <summary>The typed name is not the site's.</summary>
    public static Error Wrong(SiteName site) => new("name-not-confirmed", "The name that was typed is not the site's.", $"Type {site} to confirm.");
}

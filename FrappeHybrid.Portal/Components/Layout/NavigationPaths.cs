using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Addresses as the desktop uses them.</summary>
internal static class NavigationPaths
{
    /// <summary>"/servers" of the whole address.</summary>
    public static string PathOf(this NavigationManager navigation) => new Uri(navigation.Uri).AbsolutePath;

    /// <summary>"/servers?find=x" of the whole address.</summary>
    public static string PathAndQueryOf(this NavigationManager navigation) => new Uri(navigation.Uri).PathAndQuery;
}

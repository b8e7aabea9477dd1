using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Addresses as the desktop uses them.</summary>
internal static class NavigationPaths
{
    /// <summary>"/servers" of the whole address; the pages of one server, bench, site or team are one place, whatever part of it is in front.</summary>
    public static string PathOf(this NavigationManager navigation) => navigation.PathOf(navigation.Uri);

    /// <summary>The same of another address, with or without its beginning.</summary>
    public static string PathOf(this NavigationManager navigation, string address)
    {
        var path = new Uri(new Uri(navigation.BaseUri), address).AbsolutePath;
        return path.Split('/') is ["", "servers" or "benches" or "sites" or "teams", var id, var part, ..] && Guid.TryParse(id, out _) && part is not ("console" or "setup")
            ? string.Join('/', path.Split('/').Take(3))
            : path;
    }

    /// <summary>"/servers?find=x" of the whole address.</summary>
    public static string PathAndQueryOf(this NavigationManager navigation) => new Uri(navigation.Uri).PathAndQuery;

    /// <summary>"/servers/.../disk" of the whole address.</summary>
    public static string WholePathOf(this NavigationManager navigation) => new Uri(navigation.Uri).AbsolutePath;
}

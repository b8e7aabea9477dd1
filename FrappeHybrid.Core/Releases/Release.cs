using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Written in the section Releases of appsettings.json, which decides about it at every start.</summary>
    public bool IsConfigured { get; set; }

    /// <summary>What the tag means in the registry, "sha256:...", as last seen by the portal or by a server that pulled it.</summary>
    public string? Digest { get; private set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? DigestSeenAt { get; private set; }

    /// <summary>Somebody has asked the registry; an older look changes nothing.</summary>
    public void See(string digest, DateTimeOffset at)
    {
        if (DigestSeenAt is { } seen && seen > at)
            return;
        Digest = digest;
        DigestSeenAt = at;
    }

    /// <summary>The release, tracked, for an operator who may change it on the page.</summary>
    internal static async Task<Result<Release>> FindOwnAsync(PortalDb db, Actor actor, Guid releaseId, CancellationToken cancel)
    {
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (await db.Releases.SingleOrDefaultAsync(each => each.Id == releaseId, cancel) is not { } release)
            return Error.NotFound;
        return release.IsConfigured
            ? new Error("release-configured", $"{release.Name} is written in the portal's configuration, which sets it anew at every start.", "Change the section Releases of appsettings.json and start the portal again.")
            : release;
    }
}

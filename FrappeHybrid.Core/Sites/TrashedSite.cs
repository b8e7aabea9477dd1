using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Sites;

/// <summary>What is left of a dropped site on its server.</summary>
public sealed class TrashedSite
{
    /// <summary>How long it can be brought back.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>The archive's id on the server.</summary>
    public required Guid Archive { get; init; }

    /// <summary>The name under which it is archived; the site may have another one while it is brought back.</summary>
    public required SiteName Name { get; init; }

    /// <summary>When it was dropped.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it is deleted for ever.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Its database was backed up before it was dropped.</summary>
    public required bool CanComeBack { get; init; }
}

namespace FrappeHybrid.Core.Teams;

/// <summary>How wide a <see cref="Place"/> is.</summary>
public enum PlaceKind
{
    /// <summary>Of no team: the portal itself.</summary>
    Portal,

    /// <summary>A whole team.</summary>
    Team,

    /// <summary>A server with all in it.</summary>
    Server,

    /// <summary>A bench with its sites.</summary>
    Bench,

    /// <summary>One site.</summary>
    Site,
}

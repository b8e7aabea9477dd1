namespace FrappeHybrid.Core.Teams;

/// <summary>A row that belongs to a team: every one does. Its changes are told to whoever watches (see <see cref="Data.LiveChanges"/>).</summary>
public interface ITeamOwned
{
    Guid Id { get; }

    Guid TeamId { get; }

    /// <summary>For which rights on it are asked.</summary>
    Place Place { get; }
}

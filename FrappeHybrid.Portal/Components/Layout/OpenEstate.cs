using FrappeHybrid.Core.Estate;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What the explorer read last: the palette and the menus of this desktop look there and ask the database nothing.</summary>
public sealed class OpenEstate(EstateQueries estate, TeamQueries teams)
{
    /// <summary>Null until it was read.</summary>
    public EstateView? Current { get; private set; }

    /// <summary>Reads it as the actor sees it now, of the team that was chosen.</summary>
    public async Task<EstateView> ReadAsync(Actor actor, CancellationToken cancel)
    {
        Current = await estate.ReadAsync(actor, await teams.CurrentAsync(actor, cancel), cancel);
        return Current;
    }
}

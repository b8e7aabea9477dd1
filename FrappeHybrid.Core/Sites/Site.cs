using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>One Frappe site in a bench: one database, one folder, one or more domains.</summary>
public sealed class Site : ITeamOwned
{
    private static readonly Dictionary<SiteState, SiteState[]> Moves = new()
    {
        [SiteState.Installing] = [SiteState.Active, SiteState.Broken],
        [SiteState.Broken] = [SiteState.Installing, SiteState.Archived],
        [SiteState.Active] = [SiteState.Archived],
        [SiteState.Archived] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    public required Guid ServerId { get; init; }

    public required Guid BenchId { get; init; }

    /// <summary>Unique in the whole portal among those that are not archived: it is a domain.</summary>
    public required SiteName Name { get; init; }

    public SiteState State { get; private set; } = SiteState.Installing;

    /// <summary>Why it is in this state, for a person.</summary>
    public string? StateReason { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Installed apps, frappe first; what was asked for until the site is made.</summary>
    public required List<string> Apps { get; set; }

    /// <summary>Whether the state may become that.</summary>
    public bool CanBecome(SiteState next) => Moves[State].Contains(next);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(SiteState next, string? reason)
    {
        if (!CanBecome(next))
            throw new InvalidOperationException($"A site that is {State} cannot become {next}.");
        State = next;
        StateReason = reason;
    }

    /// <summary>Moves on when its job has ended.</summary>
    public void Settle(Job job)
    {
        if (job.Type != JobTypes.NewSite.Key || !job.HasEnded || State is not SiteState.Installing)
            return;
        if (job.State is RunState.Success)
        {
            if (job.ResultAs(AgentJson.Default.NewSiteResult) is { } result)
                Apps = [.. result.Apps.Select(app => app.Value)];
            Become(SiteState.Active, null);
        }
        else
        {
            Become(SiteState.Broken, job.EndReason);
        }
    }
}

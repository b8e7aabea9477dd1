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
        [SiteState.Active] = [SiteState.Working, SiteState.Archived],
        [SiteState.Working] = [SiteState.Active, SiteState.Recovered, SiteState.Fatal, SiteState.Trashed],
        [SiteState.Recovered] = [SiteState.Working, SiteState.Active],
        [SiteState.Fatal] = [SiteState.Working, SiteState.Active],
        [SiteState.Trashed] = [SiteState.Working, SiteState.Archived],
        [SiteState.Archived] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, BenchId, Id);

    public required Guid ServerId { get; init; }

    /// <summary>An update moves it to another bench of the same server.</summary>
    public required Guid BenchId { get; set; }

    /// <summary>Unique in the whole portal among those that are neither archived nor in the trash: it is a domain. A rename changes it.</summary>
    public required SiteName Name { get; set; }

    /// <summary>Which of its domains stands for it; null for its own name.</summary>
    public DomainName? PrimaryDomain { get; set; }

    /// <summary>Its other names lead to that one.</summary>
    public bool RedirectDomains { get; set; }

    public SiteState State { get; private set; } = SiteState.Installing;

    /// <summary>Why it is in this state, for a person.</summary>
    public string? StateReason { get; private set; }

    /// <summary>Where it was when the job that works on it began, and where it returns to when that fails and everything was put back.</summary>
    public SiteState StateBefore { get; private set; } = SiteState.Installing;

    /// <summary>The archive from which it can be brought back; null when it is not in the trash.</summary>
    public TrashedSite? Trash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Installed apps, frappe first; what was asked for until the site is made.</summary>
    public required List<string> Apps { get; set; }

    /// <summary>How many of its backups are kept, 1 to 365; the newest always is.</summary>
    public int BackupsToKeep { get; set; } = 10;

    /// <summary>It answers requests, of whatever version: acts that need a running site may be ordered.</summary>
    public bool IsServing => State is SiteState.Active or SiteState.Recovered;

    /// <summary>Whether the state may become that.</summary>
    public bool CanBecome(SiteState next) => Moves[State].Contains(next);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(SiteState next, string? reason)
    {
        if (!CanBecome(next))
            throw new InvalidOperationException($"A site that is {State} cannot become {next}.");
        if (next is SiteState.Working)
            StateBefore = State;
        State = next;
        StateReason = reason;
    }

    /// <summary>
    /// The job that worked on it has ended without success. The Agent has put back what it was before, unless it says that something is left: then a person
    /// must look.
    /// </summary>
    public void PutBack(Job job, string what)
    {
        if (State is not SiteState.Working)
            return;
        if (JobError.SaysLeftBehind(job.ErrorAdvice))
            Become(SiteState.Fatal, $"{what} failed, and so did putting the site back: {job.EndReason} {job.ErrorAdvice}");
        else
            Become(StateBefore, $"{what} was not done: {job.EndReason} The site is as it was before.");
    }

    /// <summary>Its server was taken out: from whatever state, nothing more will happen to it.</summary>
    public void LeaveWithServer(string why) => (State, StateReason) = (SiteState.Archived, why);

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

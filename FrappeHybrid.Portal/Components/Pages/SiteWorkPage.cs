using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What the pages of a site's everyday work have in common: the site, its last job, one order at a time, facts that are asked for when they are old.</summary>
public abstract class SiteWorkPage : LiveComponent
{
    private Guid askedFor;
    private Guid? running;
    private bool wasWorking;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Null when there is none, or it is not the actor's to see.</summary>
    protected SiteView? Site { get; private set; }

    /// <summary>The job that is shown with its progress: the one that runs, or the last one ordered here.</summary>
    protected Guid? Shown { get; private set; }

    protected Error? Problem { get; set; }

    protected bool MayManage { get; private set; }

    protected bool IsBusy { get; private set; }

    /// <summary>A job of the site has not ended yet.</summary>
    protected bool IsWorking => running is not null;

    /// <summary>It answers, and nothing works on it.</summary>
    protected bool CanChange => MayManage && !IsBusy && !IsWorking && Site?.State is SiteState.Active or SiteState.Recovered;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private SiteFactsReader Facts { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) =>
        change.Entity is nameof(Core.Sites.Site) or nameof(Job) or nameof(SiteDomain) || change.Entity == nameof(SiteFacts) && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        Site = await Sites.FindAsync(Actor, Id, cancel);
        if (Site is null)
            return;
        MayManage = May(Capability.ManageSites, Site.Place);
        var last = Site.LastJobId is { } id ? await Jobs.FindAsync(Actor, id, cancel) : null;
        running = last is { HasEnded: false } ? last.Id : null;
        if (askedFor != Id)
            Shown = null;
        if (running is not null)
            Shown = running;
        await LoadPartAsync(cancel);

        // Apart from the page: a server that does not answer must not keep it from showing itself.
        if (Site.State is SiteState.Active or SiteState.Recovered && (askedFor != Id || wasWorking && !IsWorking))
            _ = InvokeAsync(() => AskAsync(fresh: wasWorking));
        askedFor = Id;
        wasWorking = IsWorking;
    }

    /// <summary>What the page reads beside the site.</summary>
    protected virtual Task LoadPartAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What the page asks the server; runs at the start and after each job.</summary>
    protected virtual Task AskPartAsync() => Task.CompletedTask;

    /// <summary>Asks the Agent for the facts now.</summary>
    protected Task<bool> RefreshFactsAsync() => Facts.RefreshAsync(Id, fresh: true, Gone);

    /// <summary>Orders a job, shows it, or shows why it was not taken. True when it was taken.</summary>
    protected async Task<bool> OrderAsync(Func<Task<Result<Guid>>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        IsBusy = true;
        try
        {
            var ordered = await act();
            Problem = ordered.Error;
            if (ordered.IsDone)
                Shown = ordered.Value;
            await ReloadAsync();
            return ordered.IsDone;
        }
        finally
        {
            IsBusy = false;
        }
    }

    private async Task AskAsync(bool fresh)
    {
        try
        {
            await AskPartAsync();
            StateHasChanged();
            await Facts.RefreshAsync(Id, fresh, Gone);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}

using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The operator's catalogue of releases, and the registries that they come from.</summary>
public partial class ReleaseList
{
    private static readonly StateLook Offered = new(IconName.Ok, "ok", "Offered");
    private static readonly StateLook Retired = new(IconName.Idle, "idle", "Retired");
    private readonly HashSet<Guid> pulling = [];
    private readonly HashSet<Guid> editing = [];
    private readonly Dictionary<Guid, Guid> pulls = [];
    private IReadOnlyList<ReleaseView> releases = [];
    private IReadOnlyList<ImageRegistryView> registries = [];
    private List<ServerView> servers = [];
    private Guid serverId;
    private Error? problem;
    private Error? formProblem;
    private bool isAdding;
    private bool isBusy;

    [Inject]
    private ReleaseQueries Releases { get; set; } = null!;

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private AddRelease AddRelease { get; set; } = null!;

    [Inject]
    private EditRelease EditRelease { get; set; } = null!;

    [Inject]
    private OfferRelease OfferRelease { get; set; } = null!;

    [Inject]
    private DeleteRelease DeleteRelease { get; set; } = null!;

    [Inject]
    private CheckRelease CheckRelease { get; set; } = null!;

    [Inject]
    private PullRelease PullRelease { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Release) or nameof(ImageRegistry) or nameof(Server);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        releases = await Releases.ListAsync(Actor, cancel);
        registries = await Releases.RegistriesAsync(Actor, cancel);
        servers = [.. (await Servers.ListAsync(Actor, cancel)).Where(server => server.State is ServerState.Active)];
        if (servers.TrueForAll(server => server.Id != serverId))
            serverId = servers is [var first, ..] ? first.Id : default;
    }

    private void Open(HashSet<Guid> forms, Guid release)
    {
        CloseForms();
        forms.Add(release);
    }

    private void CloseForms()
    {
        pulling.Clear();
        editing.Clear();
        isAdding = false;
        formProblem = null;
    }

    private async Task AddAsync(ReleaseText text)
    {
        isBusy = true;
        formProblem = (await AddRelease.RunAsync(Actor, text, Gone)).Error;
        isBusy = false;
        if (formProblem is null)
            CloseForms();
        await ReloadAsync();
    }

    private async Task EditAsync(Guid release, ReleaseText text)
    {
        isBusy = true;
        formProblem = (await EditRelease.RunAsync(Actor, release, text, Gone)).Error;
        isBusy = false;
        if (formProblem is null)
            CloseForms();
        await ReloadAsync();
    }

    private async Task PullAsync(Guid release)
    {
        isBusy = true;
        var ordered = await PullRelease.RunAsync(Actor, release, serverId, Gone);
        problem = ordered.Error;
        if (ordered.IsDone)
            pulls[release] = ordered.Value;
        isBusy = false;
    }

    private async Task DeleteAsync(ReleaseView release)
    {
        if (await Dialogs.ConfirmByNameAsync("Delete this release", release.Name, "It was never used; it goes out of the catalogue. Its image stays in the registry.", "Delete release"))
            await DoAsync(() => DeleteRelease.RunAsync(Actor, release.Id, Gone));
    }

    private async Task DoAsync(Func<Task<Result>> act)
    {
        isBusy = true;
        problem = (await act()).Error;
        isBusy = false;
        await ReloadAsync();
    }
}

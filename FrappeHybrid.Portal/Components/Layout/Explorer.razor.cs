using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>
/// The tree: servers, their benches, their sites, each with its state as it is now. Only the lines in sight are drawn. The tree has the focus and names the line that the
/// keys are at: a line that leaves the sight is not in the page any more.
/// </summary>
public partial class Explorer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(900);
    private const int PageStep = 15;
    private EstateView estate = new([], [], []);
    private List<TreeNode> rows = [];
    private string filter = "";
    private string typed = "";
    private DateTimeOffset typedAt;
    private Guid? at;
    private Guid? here;
    private int folds;
    private bool isStale = true;
    private bool isRevealing;
    private bool mayAdd;
    private List<Command> portal = [];
    private ElementReference tree;
    private IJSObjectReference? script;

    [Inject]
    private OpenEstate Estate { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private CommandMenus Menus { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private (Command Command, int? Count)[] Lists => [(PageCommands.Servers, estate.Servers.Count), (PageCommands.Benches, estate.Benches.Count), (PageCommands.Sites, estate.Sites.Count), (PageCommands.Jobs, null)];

    private TreeNode? At => AtIndex is >= 0 and var index ? rows[index] : null;

    private int AtIndex => at is null ? -1 : IndexOf(at.Value);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) or nameof(Bench) or nameof(Site);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Workspace.Changed += OnWorkspaceChanged;
        Navigation.LocationChanged += OnLocationChanged;
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var add = Actor.MayAnywhere(Capability.ManageServers);
        List<Command> pages = [.. PageCommands.OfPortal.Where(command => command.IsOffered(Actor, Thing.None))];
        var now = await Estate.ReadAsync(Actor, cancel);
        isStale |= !IsLoaded || add != mayAdd || !pages.SequenceEqual(portal);
        (mayAdd, portal) = (add, pages);

        // A server tells of itself all the time; what is shown of it rarely changes.
        if (IsLoaded && now.Servers.SequenceEqual(estate.Servers) && now.Benches.SequenceEqual(estate.Benches) && now.Sites.SequenceEqual(estate.Sites))
            return;
        estate = now;
        Build();
    }

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        var wasStale = isStale;
        isStale = false;
        return wasStale;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = await ScriptAsync(() => Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/Explorer.razor.js"));
            await ScriptAsync(() => script?.InvokeVoidAsync("start", tree) ?? ValueTask.CompletedTask);
        }

        if (isRevealing && AtIndex is >= 0 and var index)
        {
            isRevealing = false;
            await ScriptAsync(() => script?.InvokeVoidAsync("reveal", tree, index) ?? ValueTask.CompletedTask);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        Workspace.Changed -= OnWorkspaceChanged;
        Navigation.LocationChanged -= OnLocationChanged;
        if (script is not null)
            await script.DisposeAsync();
    }

    private void Build()
    {
        rows = [.. TreeRows.Of(estate, Workspace.Folded, filter)];
        folds = Workspace.Folds;
        if (at is null)
            FollowPage();
        isStale = true;
    }

    private int IndexOf(Guid id)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Thing.Id == id)
                return index;
        }

        return -1;
    }

    private string? IsAt(string path) => Navigation.PathOf() == path ? "here" : null;

    private bool IsHere(TreeNode node) => node.Thing.Id == here;

    // The node of the open page comes into sight, wherever it was opened from.
    private void FollowPage()
    {
        here = Navigation.PathOf().Split('/') is ["", "servers" or "benches" or "sites", var id, ..] && Guid.TryParse(id, out var thing) ? thing : null;
        if (here is not { } open || open == at || IndexOf(open) < 0)
            return;
        at = open;
        isRevealing = true;
    }

    private void OnWorkspaceChanged()
    {
        if (folds == Workspace.Folds)
            return;
        Build();
        _ = InvokeAsync(StateHasChanged);
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        FollowPage();
        isStale = true;
        StateHasChanged();
    });

    private void OnFocus()
    {
        if (At is null && rows.Count > 0)
            Move(0);
    }

    private void Choose(TreeNode node) => (at, isStale) = (node.Thing.Id, true);

    private void Keep(TreeNode node) => Workspace.Keep(Navigation.PathOf(node.Thing.Href));

    private void Fold(TreeNode node)
    {
        Choose(node);
        Workspace.Fold(node.Thing.Id);
    }

    private void OpenMenu(MouseEventArgs click, TreeNode node)
    {
        Choose(node);
        Menus.Open(node.Thing, click.ClientX, click.ClientY);
    }

    private async Task OnFilterKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key is "ArrowDown" && rows.Count > 0)
        {
            Move(0);
            await ScriptAsync(() => tree.FocusAsync());
        }
        else if (key.Key is "Enter" && rows.FirstOrDefault(node => node.Thing.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)) is { } first)
        {
            Choose(first);
            Navigation.NavigateTo(first.Thing.Href);
        }
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        var index = AtIndex;
        switch (key.Key)
        {
            case "ArrowDown":
                Move(index + 1);
                break;
            case "ArrowUp":
                Move(index - 1);
                break;
            case "Home":
                Move(0);
                break;
            case "End":
                Move(rows.Count - 1);
                break;
            case "PageDown":
                Move(index + PageStep);
                break;
            case "PageUp":
                Move(index - PageStep);
                break;
            case "ArrowRight" when At is { IsOpen: false } closed:
                Fold(closed);
                break;
            case "ArrowRight" when At is { IsOpen: true }:
                Move(index + 1);
                break;
            case "ArrowLeft" when At is { IsOpen: true } open && filter.Length == 0:
                Fold(open);
                break;
            case "ArrowLeft" when At is { } inside:
                Move(ParentOf(index, inside.Level));
                break;
            case "Enter" or " " when At is { } chosen:
                Navigation.NavigateTo(chosen.Thing.Href);
                break;
            case "ContextMenu":
            case "F10" when key.ShiftKey:
                await OpenMenuAsync();
                break;
            case { Length: 1 } letter when !key.CtrlKey && !key.MetaKey && !key.AltKey:
                TypeAhead(letter);
                break;
            default:
                break;
        }
    }

    private void Move(int index)
    {
        if (rows.Count == 0)
            return;
        at = rows[Math.Clamp(index, 0, rows.Count - 1)].Thing.Id;
        isRevealing = isStale = true;
    }

    private int ParentOf(int index, int level)
    {
        while (index > 0 && rows[index].Level >= level)
            index--;
        return index;
    }

    // Letters typed quickly are the beginning of a name; the same letter again goes on to the next.
    private void TypeAhead(string letter)
    {
        var now = Time.GetUtcNow();
        typed = now - typedAt > Pause || typed == letter ? letter : typed + letter;
        typedAt = now;
        var from = AtIndex + (typed.Length == 1 ? 1 : 0);
        for (var step = 0; step < rows.Count; step++)
        {
            var index = (Math.Max(0, from) + step) % rows.Count;
            if (rows[index].Thing.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                Move(index);
                return;
            }
        }
    }

    private async Task OpenMenuAsync()
    {
        if (At is not { } node)
            return;
        var place = await ScriptAsync(() => script?.InvokeAsync<double[]>("placeOf", node.ElementId) ?? ValueTask.FromResult<double[]>([]));
        if (place is [var left, var top])
            Menus.Open(node.Thing, left, top);
    }
}

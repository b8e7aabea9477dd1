using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls.Grids;

/// <summary>
/// A list as a plain table: dense rows, a head that stays, sorted by what the address says (?sort=), columns as the person chose them, several rows at once with what can be
/// done to them, all by keyboard. Of thousands of rows those in sight are drawn; on a phone each row is a card.
/// </summary>
public partial class Grid<TRow>
{
    private const int First = 30;
    private const int Around = 20;
    private const int MostInSight = 200;
    private const int PageStep = 12;
    private readonly List<GridColumn<TRow>> columns = [];
    private readonly GridSelection selection = new();
    private List<GridColumn<TRow>> shown = [];
    private List<TRow> sorted = [];
    private IReadOnlyList<BulkResult> results = [];
    private HashSet<string> turned = [];
    private GridSort? sort;
    private string ran = "";
    private int from;
    private int count = First;
    private Guid? at;
    private bool isBusy;
    private bool isRevealing;
    private ElementReference box;
    private IJSObjectReference? script;
    private DotNetObjectReference<Grid<TRow>>? self;

    /// <summary>Stable: under it the person's choice of columns is kept.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>For readers of the screen.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What is shown, in the order in which it comes when nothing is sorted.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TRow> Rows { get; set; } = [];

    /// <summary>How many there are without the filter.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>"site": for "3 of 40 sites".</summary>
    [Parameter, EditorRequired]
    public string One { get; set; } = "";

    /// <summary>"people": of a word that does not just take an s.</summary>
    [Parameter]
    public string? Many { get; set; }

    [Parameter, EditorRequired]
    public Func<TRow, Guid> Id { get; set; } = null!;

    /// <summary>Where a row leads.</summary>
    [Parameter, EditorRequired]
    public Func<TRow, string> Href { get; set; } = null!;

    /// <summary>What commands are offered for; null for rows that nothing can be done to.</summary>
    [Parameter]
    public Func<TRow, Thing>? ThingOf { get; set; }

    /// <summary>The row whose details stand beside the list.</summary>
    [Parameter]
    public Guid? Selected { get; set; }

    [Parameter]
    public string EmptyText { get; set; } = "Nothing matches the filter.";

    /// <summary>The <see cref="GridColumn{TRow}"/>s.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private CommandMenus Menus { get; set; } = null!;

    [Inject]
    private CommandRunner Runner { get; set; } = null!;

    [Inject]
    private PersonalChoices Choices { get; set; } = null!;

    [Inject]
    private RememberChoice Remember { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string Choice => $"columns.{Name}";

    private string Counted => sorted.Count == Math.Max(Total, sorted.Count) ? Human.Count(sorted.Count, One, Many) : $"{Human.Number(sorted.Count)} of {Human.Count(Total, One, Many)}";

    // Which rows are drawn. The columns are known after the first drawing.
    private int Begin => Math.Clamp(from, 0, Math.Max(0, sorted.Count - count));

    private int End => columns.Count == 0 ? Begin : Math.Min(Begin + count, sorted.Count);

    private int AtIndex => at is { } id ? sorted.FindIndex(row => Id(row) == id) : -1;

    private TRow? AtRow => AtIndex is >= 0 and var index ? sorted[index] : default;

    private IEnumerable<Command> Bulk => ThingOf is null || !IsLoaded
        ? []
        : CommandTable.All.Where(command => command.IsBulk && Chosen().Any(thing => command.IsOffered(Actor, thing)));

    internal void Add(GridColumn<TRow> column)
    {
        columns.Add(column);
        Arrange();
        StateHasChanged();
    }

    /// <summary>Rows that are not drawn come into sight.</summary>
    /// <param name="index">The first that is in sight.</param>
    /// <param name="inSight">How many are.</param>
    [JSInvokable]
    public void OnSight(int index, int inSight)
    {
        (from, count) = (Math.Max(0, index - Around), Math.Clamp(inSight, 0, MostInSight) + 2 * Around);
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        sort = GridSort.Parse(Sort);
        Arrange();
        selection.Keep(sorted.Select(Id));
        if (!IsLoaded)
        {
            turned = [.. (await Choices.FindAsync(Actor, Choice, cancel) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];
            Arrange();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            script = await ScriptAsync(() => Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/Grids/Grid.razor.js"));
            await ScriptAsync(() => script?.InvokeVoidAsync("start", box, self) ?? ValueTask.CompletedTask);
        }

        if (isRevealing && AtRow is { } row)
        {
            isRevealing = false;
            await ScriptAsync(() => script?.InvokeVoidAsync("reveal", IdOf(row)) ?? ValueTask.CompletedTask);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        if (script is not null)
        {
            await script.InvokeVoidAsync("stop", box);
            await script.DisposeAsync();
        }

        self?.Dispose();
    }

    private void Arrange()
    {
        shown = [.. columns.Where(IsShown)];
        var by = sort is null ? null : columns.Find(column => column.Key == sort.Column);
        sorted = by is null ? [.. Rows] : sort!.IsDown ? [.. Rows.OrderByDescending(by.ValueOf, Comparer)] : [.. Rows.OrderBy(by.ValueOf, Comparer)];
    }

    private static IComparer<IComparable?> Comparer { get; } = Comparer<IComparable?>.Create((one, other) =>
        one is string text && other is string name ? StringComparer.OrdinalIgnoreCase.Compare(text, name) : Comparer<IComparable?>.Default.Compare(one, other));

    private string IdOf(TRow row) => $"{Name}-{Id(row):N}";

    private string NameOf(TRow row) => (columns.Find(column => column.IsName) ?? columns[0]).Text(row) ?? "";

    // The choice keeps what differs from the beginning, so that a new column is seen by everybody.
    private bool IsShown(GridColumn<TRow> column) => column.IsName || turned.Contains(column.Key) == column.IsExtra;

    private async Task ShowAsync(GridColumn<TRow> column, bool isShown)
    {
        if (isShown == column.IsExtra)
            turned.Add(column.Key);
        else
            turned.Remove(column.Key);
        Arrange();
        await Remember.RunAsync(Actor, Choice, turned.Count == 0 ? null : string.Join(',', turned), Gone);
    }

    private void SortBy(GridColumn<TRow> column) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("sort", GridSort.Next(sort, column.Key)?.ToString()), replace: true);

    private void SelectAll(ChangeEventArgs change)
    {
        if (change.Value is true)
            selection.All(sorted.Select(Id));
        else
            selection.Clear();
    }

    private void OnClick(MouseEventArgs click, TRow row)
    {
        at = Id(row);
        if (ThingOf is not null && (click.CtrlKey || click.MetaKey || click.ShiftKey))
            Pick(click, row);
        else
            Navigation.NavigateTo(Href(row));
    }

    private void Pick(MouseEventArgs click, TRow row)
    {
        at = Id(row);
        if (click.ShiftKey)
            selection.Extend([.. sorted.Select(Id)], Id(row));
        else
            selection.Toggle(Id(row));
    }

    private void OpenMenu(MouseEventArgs click, TRow row)
    {
        if (ThingOf is null)
            return;
        at = Id(row);
        Menus.Open(ThingOf(row), click.ClientX, click.ClientY);
    }

    private void OnFocus()
    {
        if (AtIndex < 0 && sorted.Count > 0)
            at = Id(sorted[0]);
    }

    private void Move(int index, bool isExtending)
    {
        if (sorted.Count == 0)
            return;
        var to = Math.Clamp(index, 0, sorted.Count - 1);
        if (isExtending && ThingOf is not null)
        {
            List<Guid> ids = [.. sorted.Select(Id)];
            if (AtRow is { } from && !selection.Has(Id(from)))
                selection.Toggle(Id(from));
            selection.Extend(ids, ids[to]);
        }

        at = Id(sorted[to]);
        if (to < Begin || to >= End)
            from = Math.Max(0, to - count / 2);
        isRevealing = true;
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        var index = AtIndex;
        switch (key.Key)
        {
            case "ArrowDown":
                Move(index + 1, key.ShiftKey);
                break;
            case "ArrowUp":
                Move(index - 1, key.ShiftKey);
                break;
            case "PageDown":
                Move(index + PageStep, key.ShiftKey);
                break;
            case "PageUp":
                Move(index - PageStep, key.ShiftKey);
                break;
            case "Home":
                Move(0, key.ShiftKey);
                break;
            case "End":
                Move(sorted.Count - 1, key.ShiftKey);
                break;
            case "Enter" when AtRow is { } row:
                Navigation.NavigateTo(Href(row));
                break;
            case " " when AtRow is { } row && ThingOf is not null:
                selection.Toggle(Id(row));
                break;
            case "a" when (key.CtrlKey || key.MetaKey) && ThingOf is not null:
                selection.All(sorted.Select(Id));
                break;
            case "Escape":
                selection.Clear();
                break;
            case "ContextMenu":
            case "F10" when key.ShiftKey:
                await OpenMenuAsync();
                break;
            default:
                break;
        }
    }

    private async Task OpenMenuAsync()
    {
        if (ThingOf is null || AtRow is not { } row)
            return;
        var place = await ScriptAsync(() => script?.InvokeAsync<double[]>("placeOf", IdOf(row)) ?? ValueTask.FromResult<double[]>([]));
        if (place is [var left, var top])
            Menus.Open(ThingOf(row), left, top);
    }

    private List<Thing> Chosen() => ThingOf is null ? [] : [.. sorted.Where(row => selection.Has(Id(row))).Select(ThingOf)];

    private async Task RunAsync(Command command)
    {
        isBusy = true;
        var found = await Runner.RunAllAsync(command, Chosen(), Gone);
        isBusy = false;
        if (found.Count == 0)
            return;
        (ran, results) = (command.Text, found);

        // What was not begun stays selected, so that it can be tried again.
        selection.Clear();
        selection.All(found.Where(result => result.Problem is not null).Select(result => result.Thing.Id));
    }

    private async Task DownloadAsync() => await ScriptAsync(() => script?.InvokeVoidAsync("download", $"{Name}.csv", GridText.Csv(shown, sorted)) ?? ValueTask.CompletedTask);
}

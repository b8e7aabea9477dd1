using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Ctrl+K: everything that has a name, and every command, by a few letters. It opens with what the explorer has read; jobs and teams follow.</summary>
public partial class CommandPalette : IDisposable
{
    private const int Most = 14;
    private const int MostJobs = 100;
    private const int RecentBonus = 700;
    private const int CurrentBonus = 300;
    private ElementReference field;
    private ElementReference dialog;
    private bool isOpen;
    private bool takesFocus;
    private string query = "";
    private int at;
    private List<PaletteEntry> all = [];
    private List<PaletteEntry> found = [];

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private OpenEstate Estate { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private CommandRunner Runner { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Workspace.CommandGiven -= OnCommand;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Workspace.CommandGiven += OnCommand;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!takesFocus)
            return;
        takesFocus = false;
        await CallAsync("open", dialog, field);
    }

    private void OnCommand(string command)
    {
        if (command == DesktopCommands.Palette.Id)
            _ = InvokeAsync(ToggleAsync);
    }

    private async Task ToggleAsync()
    {
        if (isOpen)
        {
            await CloseAsync();
            StateHasChanged();
            return;
        }

        if (await Current.FindAsync(CancellationToken.None) is not { } actor)
            return;
        var estate = Estate.Current ?? await Estate.ReadAsync(actor, CancellationToken.None);
        var servers = estate.Servers.ToDictionary(server => server.Id, server => server.Name);
        var benches = estate.Benches.ToDictionary(bench => bench.Id, bench => bench.Name);
        all =
        [
            .. Here() is { } here ? CommandTable.For(actor, here).Where(command => command.Href is null || command.Href(here) != Navigation.WholePathOf()).Select(command => PaletteEntry.Of(command, here)) : [],
            .. CommandTable.For(actor, Thing.None).Where(command => command != DesktopCommands.Palette).Select(command => PaletteEntry.Of(command, Thing.None)),
            .. estate.Servers.Select(server => PaletteEntry.Of(Thing.Of(server), server.Address.Length > 0 ? server.Address : "Draft")),
            .. estate.Benches.Select(bench => PaletteEntry.Of(Thing.Of(bench), servers.GetValueOrDefault(bench.ServerId, ""))),
            .. estate.Sites.Select(site => PaletteEntry.Of(Thing.Of(site), $"{servers.GetValueOrDefault(site.ServerId)} / {benches.GetValueOrDefault(site.BenchId)}")),
        ];
        query = "";
        isOpen = takesFocus = true;
        Find();
        StateHasChanged();
        await ReadRestAsync(actor);
    }

    // What the explorer does not have comes when the palette is open already.
    private async Task ReadRestAsync(Actor actor)
    {
        var jobs = await Jobs.ListAsync(actor, null, null, null, MostJobs, CancellationToken.None);
        var teams = await Teams.MineAsync(actor, CancellationToken.None);
        if (!isOpen)
            return;
        all.AddRange(teams.Select(team => new PaletteEntry($"team:{team.Id:N}", team.Name, "Team", IconName.Team, false) { Href = $"/teams/{team.Id}" }));
        all.AddRange(teams.Where(team => actor.May(Capability.ManageWebhooks, new Place(team.Id)))
            .Select(team => new PaletteEntry($"webhooks:{team.Id:N}", "Webhooks", team.Name, IconName.Webhook, false) { Href = $"/teams/{team.Id}/webhooks" }));
        all.AddRange(jobs.Select(job => PaletteEntry.Of(Thing.Of(job), StateLook.Of(job.State).Word)));
        var chosen = at < found.Count ? found[at].Key : null;
        Find();
        at = Math.Max(0, found.FindIndex(entry => entry.Key == chosen));
        StateHasChanged();
    }

    // The server, bench or site whose page is open.
    private Thing? Here()
    {
        if (Navigation.WholePathOf().Split('/') is not ["", var list, var part, ..] || !Guid.TryParse(part, out var id) || Estate.Current is not { } estate)
            return null;
        return list switch
        {
            "servers" => estate.Servers.FirstOrDefault(server => server.Id == id) is { } server ? Thing.Of(server) : null,
            "benches" => estate.Benches.FirstOrDefault(bench => bench.Id == id) is { } bench ? Thing.Of(bench) : null,
            "sites" => estate.Sites.FirstOrDefault(site => site.Id == id) is { } site ? Thing.Of(site) : null,
            _ => null,
        };
    }

    private void Find()
    {
        at = 0;
        var recent = Workspace.Recent.Select((key, index) => (key, index)).ToDictionary(each => each.key, each => RecentBonus - each.index * 10, StringComparer.Ordinal);
        found =
        [
            .. all
                .Select((entry, order) => (Entry: entry, Order: order, Score: entry.Score(query)))
                .Where(each => each.Score is not null)
                .Select(each => (each.Entry, each.Order, Score: (query.Length > 0 ? each.Score!.Value : 0) + recent.GetValueOrDefault(each.Entry.Key) + (each.Entry.IsCurrent ? CurrentBonus : 0)))
                .OrderByDescending(each => each.Score).ThenBy(each => each.Order)
                .Take(Most)
                .Select(each => each.Entry),
        ];
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when found.Count > 0:
                at = (at + 1) % found.Count;
                break;
            case "ArrowUp" when found.Count > 0:
                at = (at - 1 + found.Count) % found.Count;
                break;
            case "Enter" when at < found.Count:
                await RunAsync(found[at]);
                break;
            case "Escape":
                await CloseAsync();
                break;
            default:
                break;
        }
    }

    private async Task RunAsync(PaletteEntry entry)
    {
        await CloseAsync();
        StateHasChanged();
        Workspace.Remember(entry.Key);
        if (entry.Href is { } href)
            Navigation.NavigateTo(href);
        else if (entry.Command is { } command)
            await Runner.RunAsync(command, entry.Thing, CancellationToken.None);
    }

    private async Task CloseAsync()
    {
        isOpen = false;
        all = [];
        await CallAsync("close");
    }

    private async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/CommandPalette.razor.js");
            await module.InvokeVoidAsync(function, arguments);
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // The browser has gone.
        }
    }
}

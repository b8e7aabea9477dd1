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
    private const int MostJobs = 500;
    private ElementReference host;
    private bool isOpen;
    private string query = "";
    private int at;
    private PaletteSearch? search;
    private IReadOnlyList<PaletteEntry> found = [];

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
        // The script sees for itself when the palette comes and goes: the focus is in it as soon as it is in the page.
        if (firstRender)
            await StartAsync();
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
            Close();
            StateHasChanged();
            return;
        }

        if (await Current.FindAsync(CancellationToken.None) is not { } actor)
            return;
        var estate = Estate.Current ?? await Estate.ReadAsync(actor, CancellationToken.None);
        var servers = estate.Servers.ToDictionary(server => server.Id, server => server.Name);
        var benches = estate.Benches.ToDictionary(bench => bench.Id, bench => bench.Name);
        search = new PaletteSearch(actor);
        if (Here() is { } here)
            search.Add(CommandTable.For(actor, here).Where(command => command.Href is null || command.Href(here) != Navigation.WholePathOf()).Select(command => PaletteEntry.Of(command, here) with { IsCurrent = true }));
        search.Add(CommandTable.For(actor, Thing.None).Where(command => command != DesktopCommands.Palette).Select(command => PaletteEntry.Of(command, Thing.None)));
        search.Add(estate.Servers.Select(server => (Thing.Of(server), server.Address.Length > 0 ? server.Address : "Draft")));
        search.Add(estate.Benches.Select(bench => (Thing.Of(bench), servers.GetValueOrDefault(bench.ServerId, ""))));
        search.Add(estate.Sites.Select(site => (Thing.Of(site), $"{servers.GetValueOrDefault(site.ServerId)} / {benches.GetValueOrDefault(site.BenchId)}")));
        query = "";
        isOpen = true;
        Find();
        StateHasChanged();
        await ReadRestAsync(actor, search);
    }

    // What the explorer does not have comes when the palette is open already.
    private async Task ReadRestAsync(Actor actor, PaletteSearch into)
    {
        // SQLite answers on the thread that asks: the palette is drawn first.
        await Task.Yield();
        var jobs = await Jobs.ListAsync(actor, null, null, null, MostJobs, CancellationToken.None);
        var teams = await Teams.MineAsync(actor, CancellationToken.None);
        into.Add(teams.Select(team => new PaletteEntry($"team:{team.Id:N}", team.Name, "Team", IconName.Team, false) { Href = $"/teams/{team.Id}" }));
        into.Add(teams.Where(team => actor.May(Capability.ManageWebhooks, new Place(team.Id)))
            .Select(team => new PaletteEntry($"webhooks:{team.Id:N}", "Webhooks", team.Name, IconName.Webhook, false) { Href = $"/teams/{team.Id}/webhooks" }));
        into.Add(jobs.Select(job => (Thing.Of(job), StateLook.Of(job.State).Word)));
        if (!isOpen || search != into)
            return;
        var chosen = at < found.Count ? found[at].Key : null;
        Find();
        at = found.TakeWhile(entry => entry.Key != chosen).Count() is var index && index < found.Count ? index : 0;
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
        found = search?.Find(query, Workspace.Recent) ?? [];
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
                Close();
                break;
            default:
                break;
        }
    }

    private async Task RunAsync(PaletteEntry entry)
    {
        Close();
        StateHasChanged();
        Workspace.Remember(entry.Key);
        if (entry.Href is { } href)
            Navigation.NavigateTo(href);
        else if (entry.Command is { } command)
            await Runner.RunAsync(command, entry.Thing, CancellationToken.None);
    }

    private void Close()
    {
        isOpen = false;
        (search, found) = (null, []);
    }

    private async Task StartAsync()
    {
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/CommandPalette.razor.js");
            await module.InvokeVoidAsync("start", host);
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // The browser has gone.
        }
    }
}

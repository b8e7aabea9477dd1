using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Ctrl+K: everything that has a name, and every action, by a few letters.</summary>
public partial class CommandPalette : IDisposable
{
    private const int Most = 12;
    private ElementReference field;
    private bool isOpen;
    private bool takesFocus;
    private string query = "";
    private int at;
    private List<Entry> all = [];
    private List<Entry> found = [];

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

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
        if (takesFocus)
        {
            takesFocus = false;
            await field.FocusAsync();
        }
    }

    private void OnCommand(string command)
    {
        if (command == Shortcuts.Palette)
            _ = InvokeAsync(ToggleAsync);
    }

    private async Task ToggleAsync()
    {
        if (isOpen)
        {
            Close();
        }
        else if (await Current.FindAsync(CancellationToken.None) is { } actor)
        {
            all = await ReadAsync(actor);
            query = "";
            isOpen = takesFocus = true;
            Find();
        }

        StateHasChanged();
    }

    private async Task<List<Entry>> ReadAsync(Actor actor)
    {
        List<Entry> entries =
        [
            new("Overview", "Page", "/", IconName.Home, false),
            new("Servers", "Page", "/servers", IconName.Server, false),
            new("Benches", "Page", "/benches", IconName.Bench, false),
            new("Sites", "Page", "/sites", IconName.Site, false),
            new("Trash", "Page", "/trash", IconName.Site, false),
            new("Jobs", "Page", "/jobs", IconName.Job, false),
            new("Teams", "Page", "/teams", IconName.Team, false),
            new("Notifications", "Page", "/notifications", IconName.Bell, false),
            new("What you are told of", "Page", "/account/notifications", IconName.Bell, false),
        ];
        if (actor.MayAnywhere(Capability.ViewActivity))
            entries.Add(new("Activity", "Page", "/activity", IconName.Eye, false));
        if (actor.MayAnywhere(Capability.OperatePortal))
            entries.AddRange([new("Releases", "Page", "/releases", IconName.Bench, false), new("Mail", "Page", "/portal/mail", IconName.Mail, false), new("Portal backup", "Page", "/portal/backup", IconName.Key, false), new("People", "Page", "/people", IconName.User, false)]);
        if (actor.MayAnywhere(Capability.AskForAccess))
            entries.Add(new("Support access", "Page", "/support-access", IconName.Key, false));
        if (actor.MayAnywhere(Capability.ManageServers))
            entries.Add(new("Add server", "Action", "/servers/new", IconName.Add, false));
        if (actor.MayAnywhere(Capability.ManageBenches))
            entries.Add(new("New bench", "Action", "/benches/new", IconName.Add, false));
        if (actor.MayAnywhere(Capability.ManageSites))
            entries.Add(new("New site", "Action", "/sites/new", IconName.Add, false));
        entries.AddRange((await Teams.MineAsync(actor, CancellationToken.None)).Where(team => actor.May(Capability.ManageWebhooks, new Place(team.Id)))
            .Select(team => new Entry("Webhooks", team.Name, $"/teams/{team.Id}/webhooks", IconName.Webhook, false)));
        entries.AddRange((await Servers.ListAsync(actor, CancellationToken.None))
            .Select(server => new Entry(server.Name, server.Address.Length > 0 ? server.Address : "Draft", server.State is ServerState.Draft ? $"/servers/{server.Id}/setup" : $"/servers/{server.Id}", IconName.Server, false)));
        entries.AddRange((await Benches.ListAsync(actor, null, CancellationToken.None)).Select(bench => new Entry(bench.Name, bench.ServerName, $"/benches/{bench.Id}", IconName.Bench, true)));
        entries.AddRange((await Sites.ListAsync(actor, null, CancellationToken.None)).Select(site => new Entry(site.Name, $"{site.ServerName} / {site.BenchName}", $"/sites/{site.Id}", IconName.Site, true)));
        entries.AddRange((await Teams.MineAsync(actor, CancellationToken.None)).Select(team => new Entry(team.Name, "Team", $"/teams/{team.Id}", IconName.Team, false)));
        return entries;
    }

    private void Find()
    {
        at = 0;
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        found = [.. all.Where(entry => words.All(word => entry.Text.Contains(word, StringComparison.OrdinalIgnoreCase) || entry.Where.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(entry => words.Length > 0 && entry.Text.StartsWith(words[0], StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Take(Most)];
    }

    private void OnKey(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown":
                at = Math.Min(at + 1, Math.Max(0, found.Count - 1));
                break;
            case "ArrowUp":
                at = Math.Max(at - 1, 0);
                break;
            case "Enter" when at < found.Count:
                Open(found[at]);
                break;
            case "Escape":
                Close();
                break;
            default:
                break;
        }
    }

    private void Open(Entry entry)
    {
        Close();
        Navigation.NavigateTo(entry.Href);
    }

    private void Close() => isOpen = false;

    private sealed record Entry(string Text, string Where, string Href, IconName Picture, bool IsName);
}

using System.Text.Json;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What is open on this desktop: tabs, the dock's consoles, folded nodes. Lives with the circuit and in the browser tab's session storage, so that a reload loses nothing.</summary>
public sealed class Workspace
{
    /// <summary>The dock's first tab.</summary>
    public const string JobsTab = "jobs";

    /// <summary>The dock's last tab.</summary>
    public const string ActivityTab = "activity";

    private const int MostTabs = 16;
    private const int MostConsoles = 6;
    private const int MostRecent = 20;
    private readonly List<WorkspaceTab> tabs = [Home];
    private readonly List<DockConsole> consoles = [];
    private readonly HashSet<Guid> folded = [];
    private readonly List<string> recent = [];

#pragma warning disable MA0046 // a plain callback within one circuit: no sender, no arguments
    /// <summary>Something of it changed; raised on the circuit's own thread.</summary>
    public event Action? Changed;

    /// <summary>The command palette, or another overlay of the layout, is asked for.</summary>
    public event Action<string>? CommandGiven;
#pragma warning restore MA0046

    public IReadOnlyList<WorkspaceTab> Tabs => tabs;

    public IReadOnlyList<DockConsole> Consoles => consoles;

    /// <summary>The dock's tab in front: <see cref="JobsTab"/> or a console's key.</summary>
    public string DockTab { get; private set; } = JobsTab;

    public bool IsDockOpen { get; private set; }

    /// <summary>On a narrow window: the tree lies over the page.</summary>
    public bool IsDrawerOpen { get; private set; }

    /// <summary>Jobs and plays that have not ended, as the dock last saw them.</summary>
    public int Running { get; private set; }

    /// <summary>Those that failed lately, as the dock last saw them.</summary>
    public int Failed { get; private set; }

    /// <summary>Counts up with each node that is folded or unfolded: the tree draws itself again for nothing else.</summary>
    public int Folds { get; private set; }

    /// <summary>The nodes that are folded.</summary>
    public IReadOnlySet<Guid> Folded => folded;

    /// <summary>What was chosen in the palette, the last first.</summary>
    public IReadOnlyList<string> Recent => recent;

    private static WorkspaceTab Home { get; } = new("/", "/", "Overview", false, IconName.Home);

    public bool IsFolded(Guid node) => folded.Contains(node);

    /// <summary>A page was opened: its tab remembers the new query; a page without one comes into the preview tab, which the next page takes over unless it is kept.</summary>
    public void Visit(string path, string url)
    {
        var at = tabs.FindIndex(tab => tab.Path == path);
        var preview = tabs.FindIndex(tab => tab.IsPreview);
        if (at >= 0)
        {
            tabs[at] = tabs[at] with { Url = url };
        }
        else if (preview >= 0)
        {
            tabs[preview] = Fresh(path, url);
        }
        else
        {
            if (tabs.Count >= MostTabs)
                tabs.RemoveAt(1);
            tabs.Add(Fresh(path, url));
        }

        IsDrawerOpen = false;
        Tell();
    }

    /// <summary>The open page says what it is called.</summary>
    public void NameTab(string path, string title, bool isName, IconName picture)
    {
        // After a click the page is drawn before the layout hears of the new address.
        if (tabs.TrueForAll(tab => tab.Path != path))
            Visit(path, path);
        var at = tabs.FindIndex(tab => tab.Path == path);
        var named = tabs[at] with { Title = path == "/" ? "Overview" : title, IsName = isName, Picture = picture };
        if (named == tabs[at])
            return;
        tabs[at] = named;
        Tell();
    }

    /// <summary>The tab stays when another page is opened: it was clicked twice, or something was typed in it.</summary>
    public void Keep(string path)
    {
        var at = tabs.FindIndex(tab => tab.Path == path && tab.IsPreview);
        if (at < 0)
            return;
        tabs[at] = tabs[at] with { IsPreview = false };
        Tell();
    }

    /// <summary>Only the overview and this one stay.</summary>
    public void CloseOthers(string path)
    {
        tabs.RemoveAll(tab => tab.Path != "/" && tab.Path != path);
        Tell();
    }

    /// <summary>Something was chosen in the palette.</summary>
    public void Remember(string choice)
    {
        recent.Remove(choice);
        recent.Insert(0, choice);
        if (recent.Count > MostRecent)
            recent.RemoveAt(MostRecent);
        Tell();
    }

    /// <summary>Closes a tab; the address to go to when it was the one in front.</summary>
    public string Close(string path)
    {
        var at = tabs.FindIndex(tab => tab.Path == path);
        if (at <= 0)
            return "/";
        tabs.RemoveAt(at);
        Tell();
        return tabs[Math.Min(at, tabs.Count - 1)].Url;
    }

    /// <summary>The tab so many places further, around the end.</summary>
    public string Beside(string path, int step)
    {
        var at = Math.Max(0, tabs.FindIndex(tab => tab.Path == path));
        return tabs[(at + step + tabs.Count) % tabs.Count].Url;
    }

    public void Fold(Guid node)
    {
        if (!folded.Remove(node))
            folded.Add(node);
        Folds++;
        Tell();
    }

    /// <summary>A console that runs on in the dock while pages change.</summary>
    public void KeepConsole(DockConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        if (consoles.TrueForAll(open => open.Key != console.Key))
        {
            if (consoles.Count >= MostConsoles)
                consoles.RemoveAt(0);
            consoles.Add(console);
        }

        DockTab = console.Key;
        IsDockOpen = true;
        Tell();
    }

    public void CloseConsole(string key)
    {
        consoles.RemoveAll(console => console.Key == key);
        if (DockTab == key)
            DockTab = consoles.Count > 0 ? consoles[^1].Key : JobsTab;
        Tell();
    }

    public void ShowDock(string tab)
    {
        DockTab = tab;
        IsDockOpen = true;
        Tell();
    }

    public void ToggleDock()
    {
        IsDockOpen = !IsDockOpen;
        Tell();
    }

    public void ToggleDrawer()
    {
        IsDrawerOpen = !IsDrawerOpen;
        Tell();
    }

    public void Count(int running, int failed)
    {
        if ((Running, Failed) == (running, failed))
            return;
        (Running, Failed) = (running, failed);
        Tell();
    }

    public void Give(string command) => CommandGiven?.Invoke(command);

    /// <summary>For the session storage.</summary>
    public string Export() => JsonSerializer.Serialize(new Stored([.. tabs], [.. consoles], [.. folded], DockTab, IsDockOpen, [.. recent]));

    /// <summary>From the session storage; what cannot be read is as if nothing had been stored.</summary>
    public void Import(string? stored)
    {
        if (Read(stored) is not { } state)
            return;
        // Pages visited before the storage answered stay, at the end.
        var early = tabs.Where(tab => state.Tabs.TrueForAll(old => old.Path != tab.Path)).ToList();
        var latest = tabs.ToDictionary(tab => tab.Path);
        tabs.Clear();
        // A page that has just been opened takes the preview tab over, as it does without a reload.
        tabs.AddRange(state.Tabs.Where(tab => tab.Path.StartsWith('/') && !(tab.IsPreview && early.Exists(page => page.IsPreview))).Select(tab => latest.GetValueOrDefault(tab.Path) is { Title.Length: > 0 } seen ? seen with { IsPreview = tab.IsPreview } : tab));
        tabs.AddRange(early);
        if (tabs.FindIndex(tab => tab.Path == "/") is var home and not 0)
        {
            if (home > 0)
                tabs.RemoveAt(home);
            tabs.Insert(0, Home);
        }

        consoles.Clear();
        consoles.AddRange(state.Consoles.Where(console => console.Source is not null));
        folded.UnionWith(state.Folded);
        Folds++;
        recent.AddRange((state.Recent ?? []).Except(recent, StringComparer.Ordinal).Take(MostRecent - recent.Count));
        DockTab = state.DockTab;
        IsDockOpen = state.IsDockOpen;
        Tell();
    }

    private static Stored? Read(string? stored)
    {
        try
        {
            var state = string.IsNullOrEmpty(stored) ? null : JsonSerializer.Deserialize<Stored>(stored);
            return state is { Tabs: not null, Consoles: not null, Folded: not null, DockTab: not null } ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WorkspaceTab Fresh(string path, string url) => new(path, url, "", false, IconName.Home) { IsPreview = path != "/" };

    private void Tell() => Changed?.Invoke();

    private sealed record Stored(List<WorkspaceTab> Tabs, List<DockConsole> Consoles, List<Guid> Folded, string DockTab, bool IsDockOpen, List<string>? Recent = null);
}

/// <summary>An open page.</summary>
/// <param name="Path">Its address without the query: one tab for each.</param>
/// <param name="Url">Its address with the query it was left with.</param>
public sealed record WorkspaceTab(string Path, string Url, string Title, bool IsName, IconName Picture)
{
    /// <summary>The next page that is opened takes its place.</summary>
    public bool IsPreview { get; init; }
}

/// <summary>A console in the dock.</summary>
/// <param name="ServerId">On which server.</param>
/// <param name="SourceName">What it shows: see <see cref="ConsoleSource"/>.</param>
public sealed record DockConsole(Guid ServerId, string SourceName)
{
    public string Key => $"{ServerId:N}-{SourceName}";

    /// <summary>Null when what was stored is none.</summary>
    public ConsoleSource? Source => ConsoleSource.TryParse(SourceName, out var source) ? source : null;
}

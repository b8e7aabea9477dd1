using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>A site's site_config.json: what is set, what it means, a change seen before it is made, and the way back.</summary>
public partial class SiteConfiguration
{
    /// <summary>What was typed and not saved: JSON by key, null for a key that is to go.</summary>
    private readonly Dictionary<string, string?> drafts = new(StringComparer.Ordinal);
    private IReadOnlyList<SiteConfigChangeView> history = [];
    private SiteConfigInfo? config;
    private Error? configProblem;
    private string newKey = "";

    [Inject]
    private SiteConfigReader Reader { get; set; } = null!;

    [Inject]
    private ChangeSiteConfig ChangeSiteConfig { get; set; } = null!;

    [Inject]
    private UndoSiteConfigChange UndoSiteConfigChange { get; set; } = null!;

    private IEnumerable<Row> Keys => (config?.Keys ?? []).Select(key => new Row(key.Key, key.Value?.GetRawText(), key.IsSecret, key.IsProtected, SiteConfigKey.Find(key.Key)))
        .Concat(drafts.Where(draft => draft.Value is not null && config?.Keys.All(key => key.Key != draft.Key) == true)
            .Select(draft => new Row(draft.Key, null, SiteConfigRules.IsSecret(draft.Key), IsProtected: false, SiteConfigKey.Find(draft.Key))))
        .OrderBy(row => row.IsProtected).ThenBy(row => row.Name, StringComparer.Ordinal);

    /// <summary>What would be saved, secrets masked.</summary>
    private IReadOnlyList<(string Key, string? Before, string? After)> Planned =>
    [
        .. from draft in drafts
           let row = config?.Keys.FirstOrDefault(key => key.Key == draft.Key)
           let isSecret = row?.IsSecret == true || SiteConfigRules.IsSecret(draft.Key)
           where draft.Value is not "" && (row is not null || draft.Value is not null) && (isSecret || draft.Value != row?.Value?.GetRawText())
           select (draft.Key, row is null ? null : isSecret ? "••••••••" : row.Value?.GetRawText(), draft.Value is null ? null : isSecret ? "••••••••" : draft.Value),
    ];

    private string? NewKeyProblem => !SiteConfigRules.IsKey(newKey) ? SiteConfigRules.KeyRule
        : SiteConfigRules.IsProtected(newKey) ? "This key is kept by the bench or by the portal."
        : config?.Keys.Any(key => key.Key == newKey) == true || drafts.ContainsKey(newKey) ? "It is in the list above." : null;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => base.Concerns(change) || change.Entity is nameof(SiteConfigChange);

    /// <inheritdoc/>
    protected override async Task LoadPartAsync(CancellationToken cancel) => history = await Reader.HistoryAsync(Actor, Id, 20, cancel);

    /// <inheritdoc/>
    protected override Task AskPartAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var found = await Reader.ReadAsync(Actor, Id, Gone);
        (config, configProblem) = (found.IsDone ? found.Value : config, found.Error);
    }

    private static string Say(SiteConfigEdit edit) => edit switch
    {
        { IsRemoved: true } => "removed",
        { IsSecret: true } => "set anew",
        { Before: null } => $"set to {edit.After}",
        _ => $"{edit.Before} → {edit.After}",
    };

    private string? Current(Row row) => drafts.TryGetValue(row.Name, out var draft) ? draft : row.Json;

    private void Set(string key, string? json)
    {
        if (json is null && config?.Keys.All(each => each.Key != key) == true)
            drafts.Remove(key);
        else
            drafts[key] = json;
    }

    private void Forget(string key) => drafts.Remove(key);

    private void AddKey()
    {
        drafts[newKey] = (SiteConfigKey.Find(newKey)?.Kind ?? SiteConfigKind.Json) switch
        {
            SiteConfigKind.Switch => "1",
            SiteConfigKind.Number => "0",
            _ => "\"\"",
        };
        newKey = "";
    }

    private async Task StartAgainAsync()
    {
        (Problem, config) = (null, null);
        await ReadAsync();
    }

    private async Task SaveAsync()
    {
        if (config is null)
            return;
        var keys = Planned.Select(change => change.Key).ToList();
        var order = new SiteConfigOrder(
            config.Version,
            keys.Where(key => drafts[key] is not null).ToDictionary(key => key, key => drafts[key]!, StringComparer.Ordinal),
            [.. keys.Where(key => drafts[key] is null)]);
        if (await OrderAsync(() => ChangeSiteConfig.RunAsync(Actor, Id, order, Gone)))
            drafts.Clear();
    }

    private Task<bool> UndoAsync(Guid change) => OrderAsync(() => UndoSiteConfigChange.RunAsync(Actor, Id, change, Gone));

    private sealed record Row(string Name, string? Json, bool IsSecret, bool IsProtected, SiteConfigKey? Known)
    {
        public SiteConfigKind Kind => Known?.Kind ?? SiteConfigKind.Json;
    }
}

using FrappeHybrid.Core.Webhooks;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The webhooks of a team.</summary>
public partial class WebhookList
{
    private IReadOnlyList<WebhookView>? hooks;
    private string teamName = "";
    private string? secret;
    private Error? problem;
    private bool isAdding;
    private bool isBusy;

    [Parameter]
    public Guid TeamId { get; set; }

    [Inject]
    private WebhookQueries Webhooks { get; set; } = null!;

    [Inject]
    private CreateWebhook CreateWebhook { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Webhook) or nameof(WebhookDelivery) && change.TeamId == TeamId;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        hooks = await Webhooks.ListAsync(Actor, TeamId, cancel);
        teamName = hooks is null ? "" : (await Teams.MineAsync(Actor, cancel)).FirstOrDefault(team => team.Id == TeamId)?.Name ?? "the team";
    }

    private void Open() => (isAdding, problem) = (true, null);

    private void Close() => isAdding = false;

    private async Task AddAsync(WebhookDraft draft)
    {
        isBusy = true;
        var made = await CreateWebhook.RunAsync(Actor, TeamId, draft, Gone);
        isBusy = false;
        problem = made.Error;
        if (made.IsDone)
        {
            secret = made.Value.Secret;
            Close();
        }

        await ReloadAsync();
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using FrappeHybrid.Core.Webhooks;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One webhook: what it delivered, and how it is set.</summary>
public partial class WebhookPage
{
    private const int Most = 100;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly (string Key, string Text)[] States = [("", "All"), ("waiting", "Waiting"), ("failed", "Failed"), ("delivered", "Delivered")];
    private WebhookView? hook;
    private IReadOnlyList<WebhookDeliveryView> deliveries = [];
    private string? secret;
    private Error? problem;
    private Error? formProblem;
    private bool wasSaved;
    private bool isBusy;

    [Parameter]
    public Guid TeamId { get; set; }

    [Parameter]
    public Guid WebhookId { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [Inject]
    private WebhookQueries Webhooks { get; set; } = null!;

    [Inject]
    private EditWebhook EditWebhook { get; set; } = null!;

    [Inject]
    private DeleteWebhook DeleteWebhook { get; set; } = null!;

    [Inject]
    private RotateWebhookSecret RotateWebhookSecret { get; set; } = null!;

    [Inject]
    private SendTestEvent SendTestEvent { get; set; } = null!;

    [Inject]
    private ReplayDelivery ReplayDelivery { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Webhook) or nameof(WebhookDelivery) && change.TeamId == TeamId;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        hook = await Webhooks.FindAsync(Actor, WebhookId, cancel) is { } found && found.TeamId == TeamId ? found : null;
        deliveries = hook is null ? [] : await Webhooks.DeliveriesAsync(Actor, WebhookId, Enum.TryParse<WebhookDeliveryState>(State, true, out var state) ? state : null, Most, cancel);
    }

    // Shown as text: what is indented here is sent in one line.
    private static string Readable(string body)
    {
        try
        {
            return JsonSerializer.Serialize(JsonDocument.Parse(body).RootElement, Indented);
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private async Task DoAsync(Func<Task<Error?>> act)
    {
        isBusy = true;
        problem = await act();
        isBusy = false;
        await ReloadAsync();
    }

    private async Task SaveAsync(WebhookDraft draft)
    {
        isBusy = true;
        formProblem = (await EditWebhook.RunAsync(Actor, WebhookId, draft, Gone)).Error;
        (wasSaved, isBusy) = (formProblem is null, false);
        await ReloadAsync();
    }

    private Task SwitchOnAsync() => DoAsync(async () => (await EditWebhook.RunAsync(Actor, WebhookId, new WebhookDraft(hook!.Url, hook.Description, hook.Kinds), Gone)).Error);

    private Task RotateAsync() => DoAsync(async () =>
    {
        var made = await RotateWebhookSecret.RunAsync(Actor, WebhookId, Gone);
        secret = made.IsDone ? made.Value : null;
        return made.Error;
    });

    private async Task DeleteAsync()
    {
        var host = new Uri(hook!.Url).Host;
        if (!await Dialogs.ConfirmByNameAsync("Delete this webhook", host, "Its secret and the record of what it delivered are gone with it.", "Delete webhook"))
            return;
        problem = (await DeleteWebhook.RunAsync(Actor, WebhookId, Gone)).Error;
        if (problem is null)
            Navigation.NavigateTo($"/teams/{TeamId}/webhooks");
    }
}

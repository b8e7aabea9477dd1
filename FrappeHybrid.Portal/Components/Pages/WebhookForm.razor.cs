using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Webhooks;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What a person types about a webhook; nothing typed is lost when it is refused or when the list behind it changes.</summary>
public partial class WebhookForm
{
    // What needs somebody is proposed; the rest is one click away.
    private readonly HashSet<string> kinds = [.. NotificationKinds.OfTeams.Where(rule => rule.Tone is NotificationTone.Failed).Select(rule => rule.Key)];
    private string url = "";
    private string description = "";
    private bool isActive = true;

    /// <summary>The one to change; null for a new one.</summary>
    [Parameter]
    public WebhookView? Webhook { get; set; }

    [Parameter, EditorRequired]
    public string Verb { get; set; } = "";

    [Parameter]
    public Error? Problem { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<WebhookDraft> OnSave { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (Webhook is null)
            return;
        (url, description, isActive) = (Webhook.Url, Webhook.Description, Webhook.IsActive);
        kinds.Clear();
        kinds.UnionWith(Webhook.Kinds);
    }

    private void Choose(string kind, bool isOn)
    {
        if (isOn)
            kinds.Add(kind);
        else
            kinds.Remove(kind);
    }

    private void ChooseAll(bool isOn)
    {
        kinds.Clear();
        if (isOn)
            kinds.UnionWith(NotificationKinds.OfTeams.Select(rule => rule.Key));
    }

    private Task SaveAsync() => OnSave.InvokeAsync(new WebhookDraft(url, description, [.. NotificationKinds.OfTeams.Select(rule => rule.Key).Where(kinds.Contains)], isActive));
}

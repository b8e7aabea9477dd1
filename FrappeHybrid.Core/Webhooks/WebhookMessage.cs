using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>The JSON that a receiver gets.</summary>
internal sealed record WebhookMessage(Guid Id, string Kind, DateTimeOffset At, WebhookMessage.Named Team, WebhookMessage.Where Place, string Title, string? Link, WebhookMessage.More Data)
{
    /// <summary>Something with a name.</summary>
    internal sealed record Named(Guid Id, string? Name);

    /// <summary>Where it happened; what is wider than the place is named, too.</summary>
    internal sealed record Where(Named? Server, Named? Bench, Named? Site);

    /// <summary>Result is "failed", "done" or "told".</summary>
    internal sealed record More(string Result, string? Detail);

    /// <summary>As it is sent and signed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WebhookJson.Default.WebhookMessage);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WebhookMessage))]
internal sealed partial class WebhookJson : JsonSerializerContext;

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The value of a key of a site's configuration, as its kind is typed: a switch, a text, or JSON. Its JSON type stays what it was.</summary>
public partial class ConfigValueField
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private string? problem;
    private string typed = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public SiteConfigKind Kind { get; set; }

    /// <summary>The value there is stays on the server; only a new one is typed.</summary>
    [Parameter]
    public bool IsSecret { get; set; }

    /// <summary>The value as JSON; null when it is to go, or is secret.</summary>
    [Parameter]
    public string? Json { get; set; }

    /// <summary>The new value as JSON.</summary>
    [Parameter]
    public EventCallback<string> OnChange { get; set; }

    /// <summary>Bytes as a person says them.</summary>
    private string? Amount => Label.EndsWith("_size", StringComparison.Ordinal) && long.TryParse(Json, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= 1024 ? Human.Bytes(bytes) : null;

    private bool IsOn => Json is "1" or "true";

    private bool IsSwitch => Kind is SiteConfigKind.Switch && (Json is null or "0" or "1" or "true" or "false");

    private bool IsText => Json is ['"', ..] || Kind is SiteConfigKind.Text && Json is null;

    private static string TextOf(string? json)
    {
        if (json is not ['"', ..])
            return "";
        using var value = JsonDocument.Parse(json);
        return value.RootElement.GetString() ?? "";
    }

    /// <summary>bench writes 1 and 0; what was true or false stays that.</summary>
    private Task SwitchAsync(ChangeEventArgs change) => OnChange.InvokeAsync((Json is "true" or "false", change.Value is true) switch
    {
        (true, true) => "true",
        (true, false) => "false",
        (false, true) => "1",
        (false, false) => "0",
    });

    private Task TextAsync(ChangeEventArgs change)
    {
        typed = $"{change.Value}";

        // Nothing typed leaves a secret as it is.
        return OnChange.InvokeAsync(IsSecret && typed.Length == 0 ? "" : $"\"{Encoder.Encode(typed)}\"");
    }

    private Task JsonAsync(ChangeEventArgs change)
    {
        var text = $"{change.Value}".Trim();
        try
        {
            JsonDocument.Parse(text).Dispose();
            problem = null;
            return OnChange.InvokeAsync(text);
        }
        catch (JsonException)
        {
            problem = "Not JSON: a text stands in quotes, a list in [ ], an object in { }.";
            return Task.CompletedTask;
        }
    }
}

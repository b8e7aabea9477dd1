using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The Administrator password of a site: made here or typed. The portal passes it on once and does not keep it.</summary>
public partial class NewPassword
{
    // No characters that look alike: somebody will type it from a note.
    private const string Characters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private bool isShown;

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    [Parameter]
    public string Id { get; set; } = "password";

    [Parameter]
    public string Label { get; set; } = "Administrator password";

    [Parameter]
    public string Hint { get; set; } = "Keep it now: the portal passes it on once and does not store it.";

    private Task GenerateAsync()
    {
        isShown = true;
        return ValueChanged.InvokeAsync(RandomNumberGenerator.GetString(Characters, 20));
    }
}

using Radzen;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Asks before something is gone: the name is typed.</summary>
internal static class Confirmations
{
    public static async Task<bool> ConfirmByNameAsync(this DialogService dialogs, string title, string name, string consequence, string verb)
    {
        var answer = await dialogs.OpenAsync<ConfirmByName>(
            title,
            new Dictionary<string, object?> { [nameof(ConfirmByName.Name)] = name, [nameof(ConfirmByName.Consequence)] = consequence, [nameof(ConfirmByName.Verb)] = verb },
            new DialogOptions { Width = "420px", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        return answer is true;
    }
}

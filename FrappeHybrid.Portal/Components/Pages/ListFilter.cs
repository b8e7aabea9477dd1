using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The filter field above a list: kept in the address, so that a reload and a shared link show the same.</summary>
internal static class ListFilter
{
    public static bool Matches(string? find, params string[] texts) =>
        string.IsNullOrWhiteSpace(find) || find.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => texts.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    public static void Remember(NavigationManager navigation, ChangeEventArgs typed)
    {
        var find = typed.Value?.ToString();
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("find", string.IsNullOrEmpty(find) ? null : find), replace: true);
    }
}

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What the filter above a list takes: rows that have each word somewhere.</summary>
internal static class ListFilter
{
    public static bool Matches(string? find, params string[] texts) =>
        string.IsNullOrWhiteSpace(find) || find.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => texts.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}

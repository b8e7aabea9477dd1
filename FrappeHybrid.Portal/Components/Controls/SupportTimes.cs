namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>For how long access is asked and given, in minutes, as lists offer it.</summary>
internal static class SupportTimes
{
    public const int Usual = 60;

    public static IReadOnlyList<int> All { get; } = [15, 30, 60, 120, 240, 480, 1440, 4320];

    /// <summary>What an owner chooses from: what was asked, and what is shorter.</summary>
    public static IReadOnlyList<int> UpTo(int asked) => [.. All.Where(minutes => minutes < asked), asked];
}

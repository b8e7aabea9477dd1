namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>The Agent's paths for the upkeep of the server itself.</summary>
public static class UpkeepRoutes
{
    /// <summary>`GET`: <see cref="ServerLoad"/>.</summary>
    public const string Load = "/server/load";

    /// <summary>`GET`: <see cref="DiskUse"/>; with "?refresh=true" it is measured anew.</summary>
    public const string Disk = "/server/disk";

    /// <summary>`GET`: <see cref="CleanUpPlan"/>; `POST`: the job "Clean Up".</summary>
    public const string CleanUp = "/server/clean-up";

    public static string ForDisk(bool refresh) => refresh ? $"{Disk}?refresh=true" : Disk;

    public static string ForCleanUpPlan(int? archivedDays, int jobDays) =>
        FormattableString.Invariant($"{CleanUp}?jobDays={jobDays}{(archivedDays is { } days ? FormattableString.Invariant($"&archivedDays={days}") : "")}");
}

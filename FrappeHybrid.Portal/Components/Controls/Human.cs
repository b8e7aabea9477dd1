using System.Globalization;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Numbers and times as a person says them.</summary>
public static class Human
{
    /// <summary>"1 m 12 s", "3.4 s", "2 h 05 m".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} m {time.Seconds:00} s",
        { TotalDays: < 1 } => $"{(int)time.TotalHours} h {time.Minutes:00} m",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };

    /// <summary>"just now", "5 minutes ago", "yesterday", "12 Nov 2026"; "in 6 days" for what is to come.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalDays: <= -1 } left => $"in {Count((int)Math.Ceiling(-left.TotalDays), "day")}",
        { TotalHours: <= -1 } left => $"in {Count((int)-left.TotalHours, "hour")}",
        { TotalMinutes: <= -1 } left => $"in {Count((int)-left.TotalMinutes, "minute")}",
        { TotalSeconds: < 10 } => "just now",
        { TotalMinutes: < 1 } passed => $"{(int)passed.TotalSeconds} seconds ago",
        { TotalMinutes: < 2 } => "1 minute ago",
        { TotalHours: < 1 } passed => $"{(int)passed.TotalMinutes} minutes ago",
        { TotalHours: < 2 } => "1 hour ago",
        { TotalDays: < 1 } passed => $"{(int)passed.TotalHours} hours ago",
        { TotalDays: < 2 } => "yesterday",
        { TotalDays: < 14 } passed => $"{(int)passed.TotalDays} days ago",
        _ => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>"Today", "Yesterday", "Thursday, 19 November", "19 November 2025"; days of UTC, as all exact times here.</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now) => (now.UtcDateTime.Date - at.UtcDateTime.Date).Days switch
    {
        <= 0 => "Today",
        1 => "Yesterday",
        _ when at.UtcDateTime.Year == now.UtcDateTime.Year => at.UtcDateTime.ToString("dddd, d MMMM", CultureInfo.InvariantCulture),
        _ => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>"22:04:10 UTC, 21 November 2026".</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss 'UTC', d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"16:40 UTC", with the day when it is another one.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm 'UTC'" : "HH:mm 'UTC,' d MMMM", CultureInfo.InvariantCulture);

    /// <summary>"3.8 GB", "512 MB": in steps of 1024, as a server's owner counts them.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        var size = (double)bytes;
        var unit = 0;
        while (size >= 1024 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(size >= 100 || unit == 0 ? Math.Round(size) : Math.Round(size, 1)):0.#} {units[unit]}");
    }

    /// <summary>"41 % of 80 GB".</summary>
    public static string Share(long used, long total) => total <= 0 ? "unknown" : $"{Percent(used, total)} % of {Bytes(total)}";

    /// <summary>"3.1 of 7.7 GB", "512 MB of 2 GB".</summary>
    public static string Of(long used, long total)
    {
        if (total <= 0)
            return "unknown";
        var (part, whole) = (Bytes(used), Bytes(total));
        var unit = whole[whole.IndexOf(' ', StringComparison.Ordinal)..];
        return $"{(part.EndsWith(unit, StringComparison.Ordinal) ? part[..^unit.Length] : part)} of {whole}";
    }

    /// <summary>0 to 100.</summary>
    public static int Percent(long used, long total) => total <= 0 ? 0 : (int)Math.Clamp(Math.Round(100.0 * used / total), 0, 100);

    /// <summary>"1,204".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"5 minutes", "1 hour", "36 hours": a limit, rounded down to what it is made of.</summary>
    public static string Limit(TimeSpan time) => time.TotalHours >= 1 && time.Minutes == 0 ? Count((int)time.TotalHours, "hour") : Count((int)time.TotalMinutes, "minute");

    /// <summary>"1 site", "3 sites".</summary>
    public static string Count(int count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + (one.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s"))}");
}

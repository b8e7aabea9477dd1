using System.Globalization;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>When the lines of a file were written, as far as they say so themselves: a line without a time has that of the line before.</summary>
internal sealed class LineTimes(TimeZoneInfo zone)
{
    private const int LookAt = 120;
    private static readonly string[] Access = ["dd/MMM/yyyy:HH:mm:ss zzz"];
    private static readonly string[] Plain = ["yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"];

    /// <summary>The last time that a line had.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>The time of the next line; null when neither it nor one before has any.</summary>
    public DateTimeOffset? Take(string line) => Last = Read(line) ?? Last;

    private DateTimeOffset? Read(string line)
    {
        var start = line.AsSpan(0, Math.Min(line.Length, LookAt));

        // Frappe: 2026-11-22 20:15:00,123 ERROR ...; nginx's errors: 2026/11/22 20:15:00 [error] ...
        if (start.Length >= 19 && char.IsAsciiDigit(start[0]) && start[4] is '-' or '/')
        {
            var length = 19;
            if (start.Length > 20 && start[19] is ',' or '.')
            {
                length = 20;
                while (length < Math.Min(start.Length, 26) && char.IsAsciiDigit(start[length]))
                    length++;
            }

            var text = start[..length].ToString().Replace(',', '.');
            if (DateTime.TryParseExact(text, Plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local))
                return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        // nginx's requests: 203.0.113.7 - - [22/Nov/2026:20:15:00 +0000] "GET / ...
        var open = start.IndexOf('[');
        if (open >= 0 && start.Length > open + 27 && start[open + 27] is ']'
            && DateTimeOffset.TryParseExact(start.Slice(open + 1, 26), Access, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return at.ToUniversalTime();
        return null;
    }
}

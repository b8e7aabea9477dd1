using System.Text;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Agent.Backups;

/// <summary>Looks at the SQL of a dump as it goes by: its head, whether it is a whole site, its end. Keeps a few kilobytes.</summary>
internal sealed partial class DumpReader(string name)
{
    private const int HeadBytes = 4096;
    private const int TailBytes = 1024;
    private readonly byte[] head = new byte[HeadBytes];
    private readonly byte[] tail = new byte[TailBytes];
    private int headLength;
    private int tailLength;
    private long total;
    private bool hasPasswords;

    /// <summary>The table without which Frappe refuses a dump; a partial backup lacks it.</summary>
    private static ReadOnlySpan<byte> PasswordTable => "CREATE TABLE `__Auth`"u8;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        total += bytes.Length;
        var toHead = Math.Min(bytes.Length, HeadBytes - headLength);
        bytes[..toHead].CopyTo(head.AsSpan(headLength));
        headLength += toHead;
        hasPasswords = hasPasswords || bytes.IndexOf(PasswordTable) >= 0 || StraddlesTail(bytes);
        Keep(bytes);
    }

    /// <summary>What it is, or why it is not one.</summary>
    public DumpFacts Finish()
    {
        var mark = Encoding.UTF8.GetString(BackupInspector.MarkText);
        var start = Encoding.UTF8.GetString(head, 0, headLength);
        var end = Encoding.UTF8.GetString(tail, 0, tailLength);
        if (total <= mark.Length)
            throw BackupInspector.Invalid($"{name} is empty.");

        if (!end.EndsWith(mark, StringComparison.Ordinal))
            throw BackupInspector.Invalid($"{name} has something behind its end that is not gzip.");

        if (!start.StartsWith("-- begin frappe metadata", StringComparison.Ordinal) || Version().Match(start) is not { Success: true } version)
            throw BackupInspector.Invalid($"{name} is not a backup of a Frappe site: it does not begin with Frappe's header.");

        if (!end[..^mark.Length].TrimEnd().Split('\n')[^1].StartsWith("-- Dump completed", StringComparison.Ordinal))
            throw BackupInspector.Invalid($"{name} is cut off: it does not end with \"-- Dump completed\".");

        return hasPasswords
            ? new DumpFacts(version.Groups["version"].Value, total - mark.Length)
            : throw BackupInspector.Invalid($"{name} is not a whole site: it has no table __Auth. It may be a partial backup.");
    }

    private bool StraddlesTail(ReadOnlySpan<byte> bytes)
    {
        Span<byte> seam = stackalloc byte[PasswordTable.Length * 2];
        var before = Math.Min(tailLength, PasswordTable.Length);
        tail.AsSpan(tailLength - before, before).CopyTo(seam);
        var after = Math.Min(bytes.Length, PasswordTable.Length);
        bytes[..after].CopyTo(seam[before..]);
        return seam[..(before + after)].IndexOf(PasswordTable) >= 0;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= TailBytes)
        {
            bytes[^TailBytes..].CopyTo(tail);
            tailLength = TailBytes;
            return;
        }

        var kept = Math.Min(tailLength, TailBytes - bytes.Length);
        tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
        bytes.CopyTo(tail.AsSpan(kept));
        tailLength = kept + bytes.Length;
    }

    [GeneratedRegex(@"^-- version = (?<version>[0-9A-Za-z.+-]{1,40})\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}

using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Terminals;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>Terminals of some days, ended in every way; the first has a recording to play.</summary>
internal static class TerminalSeed
{
    /// <summary>What a shell prints while somebody looks at a queue.</summary>
    public static readonly string[] Shown =
    [
        "\u001b[?2004hfrappe@8f1c2d:~/frappe-bench$ ", "bench version", "\r\n\u001b[?2004l\r", "\u001b[1;32merpnext\u001b[0m 15.50.0\r\n\u001b[1;32mfrappe\u001b[0m 15.50.1\r\n", "\u001b[?2004hfrappe@8f1c2d:~/frappe-bench$ ",
        "bench --site shop.sites.example.com doctor", "\r\n\u001b[?2004l\r", "-----Checking scheduler status-----\r\nScheduler \u001b[32mactive\u001b[0m for shop.sites.example.com\r\nWorkers online: 2\r\n",
        "-----shop.sites.example.com Jobs-----\r\n\u001b]0;owned\u0007\u001b[33m214\u001b[0m waiting in long, größer als gestern 😀\r\n", "\u001b[?2004hfrappe@8f1c2d:~/frappe-bench$ ", "exit\r\n",
    ];

    public static void Add(PortalDb db, Bench bench, CoreOptions options, TimeProvider time)
    {
        var now = time.GetUtcNow();
        (TerminalEnd? End, int? Code, double HoursAgo, int Minutes, string Who, string? Reason)[] terminals =
        [
            (TerminalEnd.Exited, 0, 2, 4, "support@example.com", "Ticket 4711: the long queue does not move since yesterday's import"),
            (TerminalEnd.Idle, null, 27, 31, "somebody.with.a.long.address@customers.of-a-long-name.example.com", "A look at the patches"),
            (TerminalEnd.Lost, null, 51, 1, "operator@example.com", "Memory of the workers"),
            (TerminalEnd.NotAllowed, null, 75, 12, "developer@example.com", "Trying the new report"),
            (TerminalEnd.Interrupted, null, 99, 3, "operator@example.com", "Memory of the workers"),
        ];
        foreach (var (end, code, hours, minutes, who, reason) in terminals)
        {
            var terminal = new Terminal
            {
                Id = NewId.At(time),
                TeamId = bench.TeamId,
                ServerId = bench.ServerId,
                BenchId = bench.Id,
                Service = BenchService.Backend,
                UserId = NewId.At(time),
                UserName = who,
                Reason = reason,
                BeganAt = now.AddHours(-hours),
            };
            terminal.Finish(end!.Value, now.AddHours(-hours).AddMinutes(minutes), code, 48_211, isCut: end is TerminalEnd.Lost);
            db.Terminals.Add(terminal);
            if (hours > 2)
                continue;
            Directory.CreateDirectory(options.TerminalsPath);
            var lines = Shown.Select((text, index) => string.Create(CultureInfo.InvariantCulture, $"[{index * 1.7:0.0},\"o\",{JsonSerializer.Serialize(text)}]"));
            File.WriteAllLines(Path.Combine(options.TerminalsPath, $"{terminal.Id}.cast"), ["{\"version\":2,\"width\":100,\"height\":28}", .. lines]);
        }
    }
}

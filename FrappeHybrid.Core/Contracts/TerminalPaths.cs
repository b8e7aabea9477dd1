using System.Globalization;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts;

/// <summary>
/// The Agent's path to a shell in a service. It is a WebSocket: binary messages are the terminal's bytes, both ways; a text message is a <see cref="TerminalNote"/>. Each side
/// tells what it has taken, and sends no more than <see cref="TerminalWire.Window"/> ahead of that. The shell lives as long as the connection.
/// </summary>
public static class TerminalPaths
{
    /// <summary>The longest message either side takes.</summary>
    public const int LongestMessage = 32 * 1024;

    public const string Terminal = "/benches/{bench}/services/{service}/terminal";

    public static string For(BenchName bench, BenchService service, TerminalSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"/benches/{bench}/services/{service.Name()}/terminal?columns={size.Columns}&rows={size.Rows}");
}

using System.Globalization;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts;

/// <summary>
/// The Agent's path to a shell in a service. It is a WebSocket: binary messages are the terminal's bytes, both ways; a text message from the portal is a
/// <see cref="TerminalSize"/>, the only one from the Agent is the <see cref="TerminalExit"/> at the end. The shell lives as long as the connection.
/// </summary>
public static class TerminalPaths
{
    /// <summary>The longest message either side takes.</summary>
    public const int LongestMessage = 32 * 1024;

    public const string Terminal = "/benches/{bench}/services/{service}/terminal";

    public static string For(BenchName bench, BenchService service, TerminalSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"/benches/{bench}/services/{service.Name()}/terminal?columns={size.Columns}&rows={size.Rows}");
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Consoles;

/// <summary>What a search has found since the last time.</summary>
/// <param name="Lines">Lines that match.</param>
/// <param name="Scanned">How many lines were looked at so far.</param>
/// <param name="End">Why it ended; null while it goes on.</param>
/// <param name="Error">What went wrong; it is the last one then.</param>
public sealed record ConsoleFindings(IReadOnlyList<ConsoleLine> Lines, long Scanned, LogSearchEnd? End = null, Error? Error = null);

using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Terminals;

/// <summary>A terminal as pages show it.</summary>
public sealed record TerminalView(
    Guid Id,
    Place Place,
    string BenchName,
    BenchService Service,
    Guid UserId,
    string UserName,
    string? Reason,
    DateTimeOffset BeganAt,
    DateTimeOffset? EndedAt,
    TerminalEnd? End,
    int? ExitCode,
    long Bytes,
    bool IsCut,
    bool HasRecording)
{
    /// <summary>How it ended, for a person; null while it is open.</summary>
    public string? EndText => End is { } end ? Terminal.Describe(end, ExitCode) : null;
}

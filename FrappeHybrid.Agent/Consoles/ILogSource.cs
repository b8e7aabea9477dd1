using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary><see cref="ILogSource.ReadAsync"/>.</summary>
internal delegate IAsyncEnumerable<LogLine> LogReader(int? tail, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel);

/// <summary>Something that writes lines: it can be read back, and followed.</summary>
internal interface ILogSource
{
    /// <summary>What is kept, oldest first.</summary>
    /// <param name="tail">Only so many of the last lines; null for all.</param>
    /// <param name="from">Lines from then on.</param>
    /// <param name="to">Lines until then.</param>
    /// <param name="cancel">Leaves it.</param>
    IAsyncEnumerable<LogLine> ReadAsync(int? tail, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel);

    /// <summary>Writes the last lines as one piece, then whatever comes, until cancelled.</summary>
    /// <param name="outlet">Where the lines go.</param>
    /// <param name="tail">How many of the last lines, when <paramref name="after"/> is null.</param>
    /// <param name="after">What the reader had last: it gets what came after it.</param>
    /// <param name="cancel">The reader has left.</param>
    Task FollowAsync(LogOutlet outlet, int tail, LogMark? after, CancellationToken cancel);
}

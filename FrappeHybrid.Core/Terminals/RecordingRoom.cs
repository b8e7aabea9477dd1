using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Terminals;

/// <summary>Keeps all recordings together below a bound. Of the team that has most of them the oldest go first: nobody's terminals push another team's out.</summary>
public sealed class RecordingRoom(IDbContextFactory<PortalDb> databases, TerminalRecordings recordings, ILogger<RecordingRoom> logger)
{
    /// <summary>All recordings together.</summary>
    public const long Most = 4L * 1024 * 1024 * 1024;

    /// <summary>Takes recordings away until no more than <paramref name="most"/> bytes are left; those of open terminals stay.</summary>
    public async Task MakeAsync(CancellationToken cancel, long most = Most)
    {
        var total = recordings.Length;
        if (total <= most)
            return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ended = await db.Terminals.Where(terminal => terminal.HasRecording && terminal.EndedAt != null).OrderBy(terminal => terminal.BeganAt).ToListAsync(cancel);
        var teams = ended.GroupBy(terminal => terminal.TeamId).Select(team => new Queue<(Terminal Terminal, long Length)>(team.Select(terminal => (terminal, recordings.LengthOf(terminal.Id))))).ToList();
        while (total > most && teams.Where(team => team.Count > 0).MaxBy(team => team.Sum(each => each.Length)) is { } largest)
        {
            var (terminal, length) = largest.Dequeue();
            if (TryDelete(terminal))
                total -= length;
        }

        await db.SaveChangesAsync(cancel);
    }

    private bool TryDelete(Terminal terminal)
    {
        try
        {
            recordings.Delete(terminal.Id);
            terminal.ForgetRecording();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "The recording of terminal {Terminal} could not be deleted", terminal.Id);
            return false;
        }
    }
}

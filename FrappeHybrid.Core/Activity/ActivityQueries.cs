using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Activity;

/// <summary>What is read of the record, newest first.</summary>
public sealed class ActivityQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The most entries of one answer.</summary>
    public const int Most = 500;

    /// <summary>Entries that the actor may read, newest first.</summary>
    /// <param name="before">Only those with a smaller number: where the last answer ended.</param>
    /// <param name="limit">1 to <see cref="Most"/>.</param>
    public async Task<IReadOnlyList<ActivityView>> ListAsync(Actor actor, ActivityFilter filter, long? before, int limit, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = Filter(db.Activity.AsNoTracking().VisibleTo(actor), filter);
        if (before is not null)
            rows = rows.Where(entry => entry.Number < before);
        var found = await rows.OrderByDescending(entry => entry.Number).Take(Math.Clamp(limit, 1, Most)).ToListAsync(cancel);
        return [.. found.Select(View)];
    }

    /// <summary>One entry; null when there is none or the actor may not read it.</summary>
    public async Task<ActivityView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var entry = await db.Activity.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == id, cancel);
        return entry is null ? null : View(entry);
    }

    /// <summary>The same as a stream of all of them, oldest first: for an export, however long it is.</summary>
    public async IAsyncEnumerable<ActivityView> AllAsync(Actor actor, ActivityFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await foreach (var entry in Filter(db.Activity.AsNoTracking().VisibleTo(actor), filter).OrderBy(entry => entry.Number).AsAsyncEnumerable().WithCancellation(cancel))
            yield return View(entry);
    }

    private static IQueryable<ActivityEntry> Filter(IQueryable<ActivityEntry> rows, ActivityFilter filter)
    {
        if (filter.Result is { } result)
            rows = rows.Where(entry => entry.Result == result);
        if (filter.TeamId is { } team)
            rows = rows.Where(entry => entry.TeamId == team);
        if (filter.ServerId is { } server)
            rows = rows.Where(entry => entry.ServerId == server);
        if (filter.BenchId is { } bench)
            rows = rows.Where(entry => entry.BenchId == bench);
        if (filter.SiteId is { } site)
            rows = rows.Where(entry => entry.SiteId == site);
        if (filter.UserId is { } user)
            rows = rows.Where(entry => entry.UserId == user);
        if (filter.From is { } from)
            rows = rows.Where(entry => entry.At >= from);
        if (filter.Until is { } until)
            rows = rows.Where(entry => entry.At < until);
        foreach (var word in (filter.Find ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(8))
        {
            var pattern = $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            rows = rows.Where(entry => EF.Functions.Like(entry.Summary, pattern, "\\") || EF.Functions.Like(entry.Act, pattern, "\\") || EF.Functions.Like(entry.UserName, pattern, "\\") || EF.Functions.Like(entry.Address!, pattern, "\\"));
        }

        return rows;
    }

    private static ActivityView View(ActivityEntry entry) => new(
        entry.Id, entry.Number, entry.At, entry.UserId, entry.UserName, entry.TokenName, entry.Address, entry.Act, entry.Summary, entry.Reason, entry.Before, entry.After, entry.Result, entry.Place, entry.JobId, entry.Seal, entry.SupportAccessId,
        entry.Act is Terminals.OpenTerminal.Act or Terminals.TerminalSessions.EndAct ? entry.SubjectId : null);
}

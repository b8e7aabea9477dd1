using System.Collections.Concurrent;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Runs the plays that are due: one at a time on a server, servers side by side. The portal's hosted service calls <see cref="RunAsync"/>.</summary>
public sealed partial class PlayRunner
{
    private readonly ConcurrentDictionary<Guid, Task> running = new();
    private readonly IDbContextFactory<PortalDb> databases;
    private readonly PlayQueue queue;
    private readonly TimeProvider time;
    private readonly ILogger<PlayRunner> logger;
    private readonly PlayKinds kinds;
    private readonly Notifier notifier;
    private readonly Func<PlayRecorder, PlayKind, PlayRun> newRun;

    public PlayRunner(
        IDbContextFactory<PortalDb> databases,
        PlayQueue queue,
        PlayKinds kinds,
        IHostShell shell,
        HostTargets targets,
        ProvisioningOptions options,
        Notifier notifier,
        TimeProvider time,
        ILogger<PlayRunner> logger)
    {
        (this.databases, this.queue, this.kinds, this.notifier, this.time, this.logger) = (databases, queue, kinds, notifier, time, logger);
        newRun = (recorder, kind) => new PlayRun(recorder, kind, shell, targets, kinds.Program, kinds.FirstPing, options, time);
    }

    /// <summary>Works until stopped. What a stopped or killed portal left running is taken up again by the next one.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await StartDueAsync(stop);
                await queue.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(running.Values);
        }
    }

    /// <summary>Runs what is due now to its end.</summary>
    public async Task RunDueAsync(CancellationToken cancel)
    {
        await StartDueAsync(cancel);
        await Task.WhenAll(running.Values);
    }

    private async Task StartDueAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var due = await db.Plays.AsNoTracking()
            .Where(play => play.State == RunState.Pending || play.State == RunState.Running)
            .OrderBy(play => play.CreatedAt)
            .Select(play => new { play.Id, play.ServerId, play.AfterId })
            .ToListAsync(stop);
        // One that waits for another begins when that has ended well, and never when it has not.
        foreach (var play in due.ToList())
        {
            if (play.AfterId is not { } after || await TurnAsync(db, play.Id, after, stop))
                continue;
            due.Remove(play);
        }

        foreach (var play in due.DistinctBy(each => each.ServerId).Where(each => !running.ContainsKey(each.ServerId)))
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            running[play.ServerId] = started.Task;
            _ = RunOneAsync(play.Id, stop).ContinueWith(
                _ =>
                {
                    running.TryRemove(play.ServerId, out var _);
                    started.SetResult();
                    queue.Wake();
                },
                TaskScheduler.Default);
        }
    }

    // Whether it is its turn; one whose turn never comes is cancelled.
    private async Task<bool> TurnAsync(PortalDb db, Guid playId, Guid afterId, CancellationToken stop)
    {
        var before = await db.Plays.AsNoTracking().SingleOrDefaultAsync(each => each.Id == afterId, stop);
        if (before is { State: RunState.Success } or null)
            return true;
        if (before.State is RunState.Failure or RunState.Cancelled)
        {
            var play = await db.Plays.SingleAsync(each => each.Id == playId, stop);
            if (play.State is not RunState.Pending)
                return true;
            play.Become(RunState.Cancelled);
            play.FinishedAt = time.GetUtcNow();
            (play.ErrorCode, play.ErrorMessage, play.ErrorAdvice) = ("play-before-failed", "It was not begun, because the one before it did not end well.", "Mend that server first, then order it again.");
            await db.SaveChangesAsync(stop);
            queue.Wake();
        }

        return false;
    }

    private async Task RunOneAsync(Guid playId, CancellationToken stop)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            var play = await db.Plays.Include(each => each.Tasks).SingleAsync(each => each.Id == playId, stop);
            var server = await db.Servers.SingleAsync(each => each.Id == play.ServerId, stop);
            var recorder = new PlayRecorder(db, play, server, time);
            var follow = play.State is RunState.Running;
            if (!follow)
            {
                // One that waited for another finds the server as it is now.
                if (server.State != kinds.Of(play.Kind).WorkState && server.CanBecome(kinds.Of(play.Kind).WorkState))
                    server.Become(kinds.Of(play.Kind).WorkState, play.Title);
                play.Become(RunState.Running);
                play.StartedAt ??= time.GetUtcNow();
                await recorder.SaveAsync(stop);
            }

            await FinishAsync(db, recorder, await RunGuardedAsync(recorder, follow, stop), stop);
            await recorder.SaveAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Still "running": the server goes on, and the next portal follows it.
        }
        catch (Exception exception)
        {
            // Not even its end could be written. The other servers' plays go on.
            LogFailed(exception, playId);
        }
    }

    private async Task<Error?> RunGuardedAsync(PlayRecorder recorder, bool follow, CancellationToken stop)
    {
        try
        {
            var kind = kinds.Of(recorder.Play.Kind);
            if (recorder.Server.State != kind.WorkState)
                return new Error("server-not-ready", $"The server {recorder.Server.Name} is {recorder.Server.State.ToString().ToLowerInvariant()}.", "Look at the server first.");
            return await newRun(recorder, kind).RunAsync(follow, stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, recorder.Play.Id);
            return new Error("portal-error", "The portal failed while it ran the play.", "Press Retry; if it stays, tell your hosting company: the reason is in the portal's log.");
        }
    }

    private async Task FinishAsync(PortalDb db, PlayRecorder recorder, Error? error, CancellationToken stop)
    {
        var play = recorder.Play;
        play.FinishedAt = time.GetUtcNow();
        if (error is null)
        {
            play.Become(RunState.Success);
        }
        else
        {
            recorder.Fail(error);
            play.Become(RunState.Failure);
            (play.ErrorCode, play.ErrorMessage, play.ErrorAdvice) = (error.Code, error.Message, error.Advice);
        }

        var kind = kinds.Of(play.Kind);
        if (recorder.Server.State == kind.WorkState)
            await kind.EndAsync(db, recorder, error, stop);
        notifier.PlayEnded(db, play, recorder.Server);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The play {PlayId} failed")]
    private partial void LogFailed(Exception exception, Guid playId);
}

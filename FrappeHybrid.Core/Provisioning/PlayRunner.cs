using System.Collections.Concurrent;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
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
    private readonly Func<PlayRecorder, PlayRun> newRun;

    public PlayRunner(
        IDbContextFactory<PortalDb> databases,
        PlayQueue queue,
        IHostShell shell,
        HostTargets targets,
        PortalCertificate portal,
        AgentClient agent,
        CoreOptions core,
        ProvisioningOptions options,
        TimeProvider time,
        ILogger<PlayRunner> logger)
    {
        (this.databases, this.queue, this.time, this.logger) = (databases, queue, time, logger);
        var program = new AgentProgram(core, options);
        var values = new SetUpValues(options, portal);
        var firstPing = new FirstPing(agent, options, time);
        newRun = recorder => new PlayRun(recorder, shell, targets, program, values, firstPing, options, time);
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
            .Select(play => new { play.Id, play.ServerId })
            .ToListAsync(stop);
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
                play.Become(RunState.Running);
                play.StartedAt ??= time.GetUtcNow();
                await recorder.SaveAsync(stop);
            }

            Finish(recorder, await RunGuardedAsync(recorder, follow, stop));
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
            return await newRun(recorder).RunAsync(follow, stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, recorder.Play.Id);
            return new Error("portal-error", "The portal failed while it ran the play.", "Press Retry; if it stays, tell your hosting company: the reason is in the portal's log.");
        }
    }

    private void Finish(PlayRecorder recorder, Error? error)
    {
        var play = recorder.Play;
        play.FinishedAt = time.GetUtcNow();
        if (error is null)
        {
            play.Become(RunState.Success);
            recorder.Server.Become(ServerState.Active, null);
            return;
        }

        recorder.Fail(error);
        play.Become(RunState.Failure);
        (play.ErrorCode, play.ErrorMessage, play.ErrorAdvice) = (error.Code, error.Message, error.Advice);
        recorder.Server.Become(ServerState.Broken, error.Message);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The play {PlayId} failed")]
    private partial void LogFailed(Exception exception, Guid playId);
}

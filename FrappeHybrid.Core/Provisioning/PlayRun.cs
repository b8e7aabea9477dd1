using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>
/// One play from its first unfinished task to its end. The tasks run in one unit of systemd's on the server, which neither a lost connection
/// nor a killed portal stops; whoever comes back follows it from its beginning.
/// </summary>
internal sealed class PlayRun(PlayRecorder recorder, PlayKind kind, IHostShell shell, HostTargets targets, AgentProgram program, FirstPing firstPing, ProvisioningOptions options, TimeProvider time)
{
    private const int MostReconnects = 6;

    // The unit's name comes by standard input like everything else; the rest of it is the unit's own standard input. "$$" is how systemd writes "$".
    private const string StartUnit =
        "IFS= read -r -d \"\" unit; exec systemd-run --quiet --pipe --wait --collect --unit=\"$unit\" --property=RuntimeMaxSec=4h " +
        "bash -c \"mapfile -d \\\"\\\" -t r; exec < /dev/null; eval \\\"\\$\\${r[0]}\\\"\"";

    private Play Play => recorder.Play;

    /// <summary>Runs it; null when all went well.</summary>
    /// <param name="follow">It was begun before, by a portal that is no more.</param>
    /// <param name="cancel">Stops watching, not the server.</param>
    public async Task<Error?> RunAsync(bool follow, CancellationToken cancel)
    {
        if (kind.ProgramTask is not null && program.Missing() is { } missing)
            return missing;
        while (NextRow() is { Count: > 0 } row)
        {
            var error = row[0].ByPortal ? await kind.RunAsync(row[0].Key, recorder, cancel) : await RunOnServerAsync(row, follow, cancel);
            if (error is not null)
                return error;
            follow &= row[0].ByPortal;
        }

        return null;
    }

    // The tasks in a row with the first unfinished one: all of them on the server, or one of the portal's.
    private List<PlayTaskType> NextRow()
    {
        var first = kind.Tasks.ToList().FindIndex(IsUnfinished);
        if (first < 0)
            return [];
        if (kind.Tasks[first].ByPortal)
            return [kind.Tasks[first]];
        while (first > 0 && !kind.Tasks[first - 1].ByPortal)
            first--;
        return [.. kind.Tasks.Skip(first).TakeWhile(task => !task.ByPortal)];
    }

    private bool IsUnfinished(PlayTaskType type) => Play.Tasks.Exists(task => task.Key == type.Key && task.State is not StepState.Success);

    private async Task<Error?> RunOnServerAsync(List<PlayTaskType> row, bool follow, CancellationToken cancel)
    {
        var target = targets.Of(recorder.Server);
        if (!target.IsDone)
            return target.Error;
        for (var lost = 0; ; lost++)
        {
            var connected = await shell.ConnectAsync(target.Value, cancel);
            if (!connected.IsDone && IsDoorClosed(row, connected.Error))
                return await recorder.DoneAsync("The portal's key was taken away.", cancel);
            if (!connected.IsDone && (lost == 0 || lost >= MostReconnects || connected.Error.Code is "ssh-host-key-changed"))
                return connected.Error;
            if (connected.IsDone)
            {
                await using var session = connected.Value;
                var ending = await RunTasksAsync(session, row, follow || lost > 0, cancel);
                if (ending is not { IsLost: true } || lost >= MostReconnects)
                    return ending?.Error;
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, lost)), time, cancel);
        }
    }

    private bool IsDoorClosed(List<PlayTaskType> row, Error error)
    {
        if (!kind.ClosesTheDoor || error.Code is not "ssh-authentication" || Unfinished(row) is not [{ State: StepState.Running } last] || last.Key != kind.Tasks[^1].Key)
            return false;
        recorder.TakeUp(last);
        return true;
    }

    private async Task<Ending?> RunTasksAsync(HostSession session, List<PlayTaskType> row, bool follow, CancellationToken cancel)
    {
        if (await session.CheckRootAsync(cancel) is { } denied)
            return new Ending(denied, IsLost: false);
        if (Unfinished(row).Count == 0)
            return null;
        // The row's place is in the name: a play may have several.
        var number = Play.Tasks.Single(task => task.Key == row[0].Key).Number;
        var unit = FormattableString.Invariant($"frappe-hybrid-{Play.Id:N}-{Play.Attempt}-{number}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var upload = row.Exists(task => task.Key == kind.ProgramTask) ? program.UploadAsync(session, StateFile(unit), stop.Token) : Task.FromResult(Result.Done);
        try
        {
            if (await RunUnitAsync(session, row, unit, follow, cancel) is not { } ending)
                return null;
            // The task only knows that the program did not come; the upload knows why.
            var isMissing = Play.Tasks.Exists(task => task.Key == kind.ProgramTask && task.State is StepState.Failure);
            return isMissing && upload is { IsCompletedSuccessfully: true, Result.Error: { } reason } ? ending with { Error = reason } : ending;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(upload);
        }
    }

    private async Task<Ending?> RunUnitAsync(HostSession session, List<PlayTaskType> row, string unit, bool follow, CancellationToken cancel)
    {
        if (follow && await ListenAsync(session, Follow(unit), cancel) is { } told)
            return told;
        var tasks = Unfinished(row);
        if (tasks.Count == 0)
            return null;
        if (await ListenAsync(session, Start(unit, tasks), cancel) is { } ending)
            return ending;
        return Unfinished(row).Count == 0
            ? null
            : new Ending(new Error("play-stopped", "The tasks stopped on the server before they were done.", "Was the machine restarted? Press Retry."), IsLost: false);
    }

    private List<PlayTask> Unfinished(List<PlayTaskType> row) =>
        [.. Play.Tasks.Where(task => task.State is not StepState.Success && row.Exists(type => type.Key == task.Key)).OrderBy(task => task.Number)];

    private static string StateFile(string unit) => $"/run/frappe-hybrid/{unit}.agent";

    private HostCommand Start(string unit, List<PlayTask> tasks)
    {
        List<string> records = [unit, ScriptTexts.Tasks, unit, ScriptTexts.Prelude];
        foreach (var task in tasks)
            records.AddRange([task.Key, ScriptTexts.OfTask(task.Key), .. kind.Values(task.Key, recorder, StateFile(unit)).Select(value => $"{value.Name}={value.Value}"), ""]);
        return new HostCommand(StartUnit)
        {
            WriteInput = (stream, cancel) => stream.WriteAsync(RemoteScript.Records(records), cancel).AsTask(),
            Timeout = options.PlayTimeout,
        };
    }

    private HostCommand Follow(string unit) => RemoteScript.Command(
        ScriptTexts.Follow,
        [("UNIT", unit), ("SECONDS_AT_MOST", FormattableString.Invariant($"{options.PlayTimeout.TotalSeconds:0}"))],
        null,
        options.PlayTimeout);

    // Writes down what comes until the command ends; null when nothing failed.
    private async Task<Ending?> ListenAsync(HostSession session, HostCommand command, CancellationToken cancel)
    {
        var lines = new LineChannel();
        var reader = new TaskLines();
        var running = RunAndEndAsync(session, command with { OnOutput = lines.Add }, lines, cancel);
        var isFinished = false;
        while (await lines.WaitAsync(cancel))
        {
            while (lines.TryRead(out var line))
            {
                if (reader.Read(line) is not { } happened)
                    continue;
                isFinished |= happened is TaskEvent.Finished;
                await recorder.ApplyAsync(happened, cancel);
                // A program's first answer is its slowest. It is asked for while the server is still at work.
                if (happened is TaskEvent.Ended { Key: SetUpTasks.Agent, Status: 0 })
                    _ = firstPing.WarmUpAsync(recorder.Server, cancel);
            }

            await recorder.SaveAsync(cancel);
            // What comes within a moment is stored together.
            if (!isFinished)
                await Task.Delay(TimeSpan.FromMilliseconds(40), time, cancel);
        }

        var outcome = await running;
        recorder.ForgetInterrupted();
        if (recorder.Failure is { } failure)
            return new Ending(failure, IsLost: false);
        if (outcome.ConnectionError is { } broken && !isFinished)
            return new Ending(broken, IsLost: broken.Code is not "command-timeout");
        if (isFinished || outcome.ExitCode == 0)
            return null;
        return new Ending(
            new Error("unit-not-started", "systemd on the server could not start the tasks.", "See why: journalctl -n 50", CleanText.OfBlock(outcome.ErrorOutput, 2000)),
            IsLost: false);
    }

    private static async Task<HostOutcome> RunAndEndAsync(HostSession session, HostCommand command, LineChannel lines, CancellationToken cancel)
    {
        try
        {
            return await session.RunAsync(command, cancel);
        }
        finally
        {
            lines.End();
        }
    }

    private sealed record Ending(Error Error, bool IsLost);
}

using System.Globalization;
using System.Text;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Writes down what a play does, as it happens: the tasks' states, their output, and how it ended.</summary>
internal sealed class PlayRecorder(PortalDb db, Play play, Server server, TimeProvider time)
{
    private readonly StringBuilder said = new();
    private PlayTask? current;
    private int length;
    private TaskEvent.Result? result;
    private TaskEvent.Refused? refusal;

    public Play Play => play;

    public Server Server => server;

    /// <summary>The task that failed and why; null while all is well.</summary>
    public Error? Failure { get; private set; }

    /// <summary>Takes one event of the server's. Told again after a lost connection, a task that is done already is left alone.</summary>
    public async Task ApplyAsync(TaskEvent happened, CancellationToken cancel)
    {
        switch (happened)
        {
            case TaskEvent.Begun begun:
                await BeginAsync(begun.Key, cancel);
                break;
            case TaskEvent.Said line:
                Say(line.Line + "\n");
                break;
            case TaskEvent.Result reported:
                result = reported;
                break;
            case TaskEvent.Refused refused:
                refusal = refused;
                break;
            case TaskEvent.Fact { Name: "agent_fingerprint" } fact when current is not null:
                server.AgentFingerprint = fact.Value;
                break;
            case TaskEvent.Fact fact when current is not null:
                Remember(fact.Name, fact.Value);
                break;
            case TaskEvent.Ended ended:
                End(ended);
                break;
            case TaskEvent.Busy:
                Failure ??= new Error("server-busy", "An earlier play kept the server busy for an hour.", "See what it does: systemctl list-units 'frappe-hybrid-*'. When it has ended, press Retry.");
                break;
        }
    }

    /// <summary>Begins a task; what an interrupted try of the same attempt has left is told anew, what an earlier attempt said stays above.</summary>
    public async Task BeginAsync(string key, CancellationToken cancel)
    {
        Flush();
        current = play.Tasks.SingleOrDefault(task => string.Equals(task.Key, key, StringComparison.Ordinal));
        (result, refusal, length) = (null, null, 0);
        if (current is null or { State: StepState.Success })
        {
            current = null;
            return;
        }

        var hasOutput = await db.RunOutputs.AnyAsync(output => output.RunId == play.Id && output.StepKey == key, cancel);
        if (current.State is StepState.Running && hasOutput)
            await db.RunOutputs.Where(output => output.RunId == play.Id && output.StepKey == key).ExecuteDeleteAsync(cancel);
        else if (hasOutput)
            Say(string.Create(CultureInfo.InvariantCulture, $"--- Attempt {play.Attempt} ---\n"));
        current.State = StepState.Running;
        current.StartedAt ??= time.GetUtcNow();
    }

    /// <summary>Goes on with a task that an earlier portal began.</summary>
    public void TakeUp(PlayTask task) => current = task;

    /// <summary>Begins one of the portal's own tasks, stored at once.</summary>
    public async Task BeginAndSaveAsync(string key, CancellationToken cancel)
    {
        await BeginAsync(key, cancel);
        await SaveAsync(cancel);
    }

    /// <summary>Ends the running task, one of the portal's own, as done; null, as a task that went well.</summary>
    public async Task<Error?> DoneAsync(string summary, CancellationToken cancel)
    {
        (result, refusal) = (new TaskEvent.Result(Changed: false, summary), null);
        if (current is not null)
            End(new TaskEvent.Ended(current.Key, 0));
        await SaveAsync(cancel);
        return null;
    }

    /// <summary>Keeps something for the tasks that follow, also those of the next portal.</summary>
    public void Remember(string name, string value) => play.Facts = new Dictionary<string, string>(play.Facts, StringComparer.Ordinal) { [name] = value };

    /// <summary>Adds to the running task's output, up to the limit of a step.</summary>
    public void Say(string text)
    {
        if (current is null || length > RunOutput.LimitPerStep)
            return;
        length += text.Length;
        said.Append(length > RunOutput.LimitPerStep ? "--- There was more output than is kept ---\n" : text);
    }

    /// <summary>Ends the running task.</summary>
    public void End(TaskEvent.Ended ended)
    {
        if (current is null || !string.Equals(current.Key, ended.Key, StringComparison.Ordinal))
            return;
        current.FinishedAt = time.GetUtcNow();
        if (ended.Status == 0 && result is not null)
        {
            current.State = StepState.Success;
            current.Changed = result.Changed;
            current.Summary = result.Summary;
        }
        else
        {
            Fail(refusal is { } refused
                ? new Error(refused.Code, refused.Message, refused.Advice)
                : new Error(
                    "task-failed",
                    string.Create(CultureInfo.InvariantCulture, $"\"{current.Title}\" stopped with exit code {ended.Status}."),
                    "Read its last lines, mend the cause, then press Retry: it goes on at this task."));
        }

        Flush();
        current = null;
    }

    /// <summary>Fails the running task, or the next one when none runs.</summary>
    public void Fail(Error error)
    {
        Failure ??= error;
        if (play.Tasks.Exists(each => each.State is StepState.Failure))
            return;
        current ??= play.Tasks.Where(each => each.State is StepState.Running or StepState.Pending).OrderBy(each => each.State is StepState.Running ? 0 : each.Number).FirstOrDefault();
        if (current is null)
            return;
        current.State = StepState.Failure;
        current.StartedAt ??= time.GetUtcNow();
        current.FinishedAt = time.GetUtcNow();
        current.Summary = error.Message;
        // What SSH or systemd itself said stands nowhere else.
        if (error.Raw is { Length: > 0 } raw)
            Say(raw + "\n");
    }

    /// <summary>A task that was running on a server that has since lost it is as good as not begun.</summary>
    public void ForgetInterrupted()
    {
        Flush();
        current = null;
    }

    /// <summary>Stores everything up to now, in one go.</summary>
    public async Task SaveAsync(CancellationToken cancel)
    {
        Flush();
        if (!db.ChangeTracker.HasChanges())
            return;
        await db.SaveChangesAsync(cancel);
        // Output is written once and never looked at here again.
        foreach (var entry in db.ChangeTracker.Entries<RunOutput>().ToList())
            entry.State = EntityState.Detached;
    }

    private void Flush()
    {
        if (current is not null && said.Length > 0)
            db.RunOutputs.Add(new RunOutput { RunId = play.Id, StepKey = current.Key, Text = said.ToString() });
        said.Clear();
    }
}

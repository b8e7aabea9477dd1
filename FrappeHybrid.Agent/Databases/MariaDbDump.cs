using System.Globalization;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Databases;

/// <summary>
/// `mariadb-dump` in MariaDB's own container. It signs in with the options file that only that container has, so that no command line holds a password,
/// and it runs as our user, so that it can be ended when the job is.
/// </summary>
internal sealed class MariaDbDump(DockerExec exec, ContainerProcesses processes, AgentOptions options)
{
    private const int KeptErrors = 8 * 1024;
    private static readonly string RunAs = string.Create(CultureInfo.InvariantCulture, $"{ServerLayout.UserId}:{ServerLayout.UserId}");

    /// <summary>Dumps the database, or some of its tables, as bench does it: one consistent moment, nobody is locked out.</summary>
    /// <param name="job">Whose program it is.</param>
    /// <param name="database">What to dump.</param>
    /// <param name="tables">Empty for all; names that the database itself has told.</param>
    /// <param name="take">Gets the SQL piece by piece; the program waits meanwhile. What it throws ends the program.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(
        JobContext job, DatabaseName database, IReadOnlyList<string> tables, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancel)
    {
        var errors = new OutputTail(KeptErrors);
        var error = new LineAssembler(errors.Add);
        var request = new ExecRequest(
            options.MariaDbContainer,
            [
                "mariadb-dump", $"--defaults-extra-file={ServerLayout.MariaDbClientOptionsInContainer}", "--single-transaction", "--quick", "--lock-tables=false",
                "--", database.Value, .. tables,
            ])
        {
            User = RunAs,
            Environment = [ContainerProcesses.Marker(job.Id)],
        };
        int code;
        using var leave = new CancellationTokenSource();
        var run = exec.RunAsync(request, TakeAsync, leave.Token);
        try
        {
            code = await run.WaitAsync(cancel);
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.NotFound or DockerFault.Conflict)
        {
            throw new JobFailedException(
                JobErrorCodes.DatabaseUnreachable, $"MariaDB ({options.MariaDbContainer}) does not run.", "Start its container, or run \"Set up server\" again.", exception.Message);
        }
        catch
        {
            // The program would go on without anybody who listens; it may even be only about to start.
            await processes.EndAsync(job.Id, run);
            await processes.EndAsync(job.Id, CancellationToken.None);
            await leave.CancelAsync();
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        error.Flush();
        if (code != 0)
            throw MariaDb.Explain(errors.ToString());

        ValueTask TakeAsync(Frame frame)
        {
            if (!frame.IsError)
                return take(frame.Bytes);

            error.Add(frame.Bytes.Span);
            return ValueTask.CompletedTask;
        }
    }
}

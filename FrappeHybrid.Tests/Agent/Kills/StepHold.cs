using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Data.Sqlite;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>
/// Keeps a job in one of its steps, so that a kill meets it there however quick the step is: a trigger in agent.db that counts for long when the Agent stores that
/// the step is done. The step's work is done by then and nothing says so: the worst moment there is. The Agent knows nothing of it.
/// </summary>
internal sealed class StepHold : IDisposable
{
    private readonly string database;

    private StepHold(string database) => this.database = database;

    /// <summary>Put before the job is ordered; holds every job's step of this name.</summary>
    public static StepHold Put(AgentServer server, StepDeclaration step)
    {
        var hold = new StepHold(server.Paths.Database);
        hold.Run(
            $"""
            CREATE VIEW kill_hold_count AS WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 2000000000) SELECT n FROM count;
            CREATE TRIGGER kill_hold BEFORE UPDATE OF state ON steps WHEN NEW.key = '{step.Key}' AND NEW.state IN ('Success', 'Skipped')
            BEGIN
                SELECT count(*) FROM kill_hold_count;
            END;
            """);
        return hold;
    }

    /// <summary>While the Agent does not run: nobody holds the store then.</summary>
    public void Dispose() => Run("DROP TRIGGER IF EXISTS kill_hold; DROP VIEW IF EXISTS kill_hold_count;");

    private void Run(string text)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Keys of declared steps
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

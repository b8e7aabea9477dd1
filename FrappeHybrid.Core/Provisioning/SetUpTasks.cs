using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>The tasks of the play "Set up server", in their order.</summary>
internal static class SetUpTasks
{
    /// <summary>The play's title.</summary>
    public const string Title = "Set up server";

    /// <summary>All of them. Those of part 1 run in one go on the server, those of part 2 once the Agent's program is there, the last one here.</summary>
    public static readonly IReadOnlyList<SetUpTask> All =
    [
        new("ready", "Wait until the machine has finished starting", 1),
        new("docker-settings", "Docker's settings", 1),
        new("node-exporter-settings", "Metrics on the machine itself only", 1),
        new("packages", "Packages of the distribution", 1),
        new("user", "User frappe and its folders", 1),
        new("docker", "Docker", 1),
        new("nginx", "Web server", 1),
        new("sudoers", "What the Agent may do as root", 1),
        new("node-exporter", "Metrics of the machine", 1),
        new("registry", "Sign in to the image registry", 1),
        new("network", "Network of benches and database", 1),
        new("mariadb", "Database server", 1),
        new("agent", "Agent", 2),
        new("verify", "Everything runs", 2),
        new(FirstPing, "The Agent answers", 3),
    ];

    /// <summary>The task that the portal does itself.</summary>
    public const string FirstPing = "first-ping";

    /// <summary>A play with all tasks still to be done.</summary>
    public static Play NewPlay(Guid id, Server server, DateTimeOffset now) => new()
    {
        Id = id,
        TeamId = server.TeamId,
        ServerId = server.Id,
        Title = Title,
        CreatedAt = now,
        Tasks =
        [
            .. All.Select((task, index) => new PlayTask { RunId = id, Number = index + 1, Key = task.Key, Title = task.Title, State = StepState.Pending }),
        ],
    };
}

/// <summary>One of them; its script is Scripts/NN-key.sh.</summary>
internal sealed record SetUpTask(string Key, string Title, int Part);

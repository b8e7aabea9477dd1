namespace FrappeHybrid.Core.Provisioning;

/// <summary>The tasks of the play "Set up server", in their order.</summary>
internal static class SetUpTasks
{
    /// <summary>The play's title.</summary>
    public const string Title = "Set up server";

    /// <summary>
    /// All of them; the last one is the portal's, the others run on the server in one go. The Agent comes before the database server: while it starts,
    /// the database server's image is fetched.
    /// </summary>
    public static readonly IReadOnlyList<PlayTaskType> All =
    [
        new("ready", "Wait until the machine has finished starting"),
        new("docker-settings", "Docker's settings"),
        new("node-exporter-settings", "Metrics on the machine itself only"),
        new("packages", "Packages of the distribution"),
        new("user", "User frappe and its folders"),
        new("docker", "Docker"),
        new("nginx", "Web server"),
        new("sudoers", "What the Agent may do as root"),
        new("node-exporter", "Metrics of the machine"),
        new("registry", "Sign in to the image registry"),
        new("network", "Network of benches and database"),
        new(Agent, "Agent"),
        new("mariadb", "Database server"),
        new("verify", "Everything runs"),
        new(FirstPing, "The Agent answers", ByPortal: true),
    ];

    /// <summary>The task after which the Agent runs.</summary>
    public const string Agent = "agent";

    /// <summary>The task that the portal does itself.</summary>
    public const string FirstPing = "first-ping";
}

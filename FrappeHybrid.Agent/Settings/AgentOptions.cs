using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Agent.Settings;

/// <summary>
/// What a server may do differently from the usual layout: the optional "options" object of agent.json. The play writes none of it; a server with
/// nginx or Docker in another place does.
/// </summary>
internal sealed record AgentOptions
{
    // "set", not "init": the JSON code that is made at build time gives every init property a value, the type's zero when the file has none.

    /// <summary>The engine's socket.</summary>
    public string DockerSocket { get; set; } = "/var/run/docker.sock";

    /// <summary>The network that joins benches to MariaDB.</summary>
    public string SharedNetwork { get; set; } = ServerLayout.SharedNetwork;

    /// <summary>The MariaDB container, and its name on the shared network.</summary>
    public string MariaDbContainer { get; set; } = ServerLayout.MariaDbContainer;

    /// <summary>Tests nginx's configuration; an argument list, never a shell string.</summary>
    public IReadOnlyList<string> NginxTest { get; set; } = ["sudo", "-n", "/usr/sbin/nginx", "-t"];

    /// <summary>Makes nginx read its configuration again.</summary>
    public IReadOnlyList<string> NginxReload { get; set; } = ["sudo", "-n", "/usr/bin/systemctl", "reload", "nginx"];

    /// <summary>Where nginx keeps its master's process id.</summary>
    public string NginxPidFile { get; set; } = "/run/nginx.pid";

    /// <summary>Where nginx writes down requests.</summary>
    public string NginxAccessLog { get; set; } = "/var/log/nginx/access.log";

    /// <summary>Where nginx writes down what goes wrong.</summary>
    public string NginxErrorLog { get; set; } = "/var/log/nginx/error.log";

    /// <summary>Gives the journal of the Agent's unit; an argument list, to which more is added.</summary>
    public IReadOnlyList<string> Journal { get; set; } = ["journalctl", $"--unit={ServerLayout.AgentUnit}"];

    /// <summary>Where nginx listens for sites.</summary>
    public int NginxPort { get; set; } = 80;

    /// <summary>The bench with offset n has its frontend on 127.0.0.1 at this port + n.</summary>
    public int FirstFrontendPort { get; set; } = ServerLayout.FirstFrontendPort;

    /// <summary>The address the Agent listens on; "*" for all.</summary>
    public string ListenAddress { get; set; } = "*";

    /// <summary>How many jobs run at the same time at most.</summary>
    public int ParallelJobs { get; set; } = 20;

    /// <summary>How long finished jobs and their feed are kept.</summary>
    public int RetentionDays { get; set; } = 30;

    /// <summary>How long a new bench or site may take to answer once its containers run.</summary>
    public int ReadySeconds { get; set; } = 180;

    /// <summary>How long an update or a migration waits for a site's background jobs.</summary>
    public int BackgroundJobsSeconds { get; set; } = 600;
}

/// <summary>The part of agent.json that only the Agent knows.</summary>
internal sealed record AgentOptionsFile(AgentOptions? Options);

/// <summary>JSON of <see cref="AgentOptionsFile"/>.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentOptionsFile))]
internal sealed partial class AgentOptionsJson : JsonSerializerContext;

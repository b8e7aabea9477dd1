using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts;

/// <summary>Where things are on a customer's server, as Frappe Cloud lays it out. The play makes them, the Agent uses them.</summary>
public static class ServerLayout
{
    /// <summary>User and group of everything, 1000:1000, as in the bench image.</summary>
    public const string User = "frappe";

    /// <summary>The user's id and group id.</summary>
    public const int UserId = 1000;

    /// <summary>The Agent's folder: bin/, tls/, agent.db, agent.json.</summary>
    public const string AgentFolder = "/home/frappe/agent";

    /// <summary>The Agent's program, one file.</summary>
    public const string AgentProgram = "/home/frappe/agent/bin/frappe-hybrid-agent";

    /// <summary>The Agent's configuration, written by the play: see AgentSettings.</summary>
    public const string AgentSettings = "/home/frappe/agent/agent.json";

    /// <summary>The Agent's unit.</summary>
    public const string AgentUnit = "frappe-hybrid-agent.service";

    /// <summary>One folder a bench.</summary>
    public const string BenchesFolder = "/home/frappe/benches";

    /// <summary>What was archived.</summary>
    public const string ArchivedFolder = "/home/frappe/archived";

    /// <summary>The network that joins benches to MariaDB.</summary>
    public const string SharedNetwork = "frappe_network";

    /// <summary>The MariaDB container, and its name on the shared network.</summary>
    public const string MariaDbContainer = "frappe-mariadb";

    /// <summary>MariaDB's root password, made on the server, readable by the Agent only (0600); it never leaves the server.</summary>
    public const string MariaDbRootPasswordFile = "/home/frappe/agent/mariadb/root_password";

    /// <summary>Options file with that password, mounted into the MariaDB container at <see cref="MariaDbClientOptionsInContainer"/>, so that no command line or environment holds it.</summary>
    public const string MariaDbClientOptionsFile = "/home/frappe/agent/mariadb/client.cnf";

    /// <summary>Where MariaDB's own clients find it: `mariadb --defaults-extra-file=...`.</summary>
    public const string MariaDbClientOptionsInContainer = "/run/frappe-hybrid/client.cnf";

    /// <summary>Docker's sign-in of the user frappe (config.json with auths), from which the Agent takes the registry's credentials.</summary>
    public const string DockerConfig = "/home/frappe/.docker/config.json";

    /// <summary>Included by the server's nginx: one file a site, written by the Agent.</summary>
    public const string NginxIncludes = "/home/frappe/benches/*/nginx/*.conf";

    /// <summary>The frontend of the bench with offset n listens on 127.0.0.1:18000+n.</summary>
    public const int FirstFrontendPort = 18000;

    /// <summary>Label on every container, network and volume of ours; its value is the bench's name ("-" for the shared ones).</summary>
    public const string Label = "frappe-hybrid.bench";

    /// <summary>Label on every container of a bench; its value is the service's name.</summary>
    public const string ServiceLabel = "frappe-hybrid.service";

    /// <summary>The bench's folder.</summary>
    public static string BenchFolder(BenchName bench) => $"{BenchesFolder}/{bench}";
}

using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>What each task's script of the set-up gets to know; each script names its values in its first lines.</summary>
internal sealed class SetUpValues(ProvisioningOptions options, PortalCertificate portal)
{
    /// <summary>The values of a task. Only "registry" gets a secret.</summary>
    public IReadOnlyList<(string Name, string Value)> Of(string key, Server server, string agentStateFile) => key switch
    {
        "user" =>
        [
            ("FRAPPE_USER", ServerLayout.User),
            ("FRAPPE_ID", ServerLayout.UserId.ToString(CultureInfo.InvariantCulture)),
            ("AGENT_FOLDER", ServerLayout.AgentFolder),
            ("BENCHES_FOLDER", ServerLayout.BenchesFolder),
            ("ARCHIVED_FOLDER", ServerLayout.ArchivedFolder),
        ],
        "docker" or "sudoers" => [("FRAPPE_USER", ServerLayout.User)],
        "nginx" => [("NGINX_INCLUDES", ServerLayout.NginxIncludes)],
        "registry" =>
        [
            ("FRAPPE_USER", ServerLayout.User),
            ("DOCKER_CONFIG_FILE", ServerLayout.DockerConfig),
            ("REGISTRY", options.Registry),
            ("REGISTRY_USER", options.RegistryUser),
            ("REGISTRY_PASSWORD", options.RegistryPassword),
        ],
        "network" => [("SHARED_NETWORK", ServerLayout.SharedNetwork), ("LABEL", ServerLayout.Label)],
        "mariadb" =>
        [
            ("FRAPPE_USER", ServerLayout.User),
            ("MARIADB_CONTAINER", ServerLayout.MariaDbContainer),
            ("MARIADB_IMAGE", options.MariaDbImage),
            ("SHARED_NETWORK", ServerLayout.SharedNetwork),
            ("LABEL", ServerLayout.Label),
            ("PASSWORD_FILE", ServerLayout.MariaDbRootPasswordFile),
            ("CLIENT_FILE", ServerLayout.MariaDbClientOptionsFile),
            ("CLIENT_FILE_INSIDE", ServerLayout.MariaDbClientOptionsInContainer),
            ("DOCKER_CONFIG_FILE", ServerLayout.DockerConfig),
        ],
        SetUpTasks.Agent =>
        [
            ("FRAPPE_USER", ServerLayout.User),
            ("AGENT_FOLDER", ServerLayout.AgentFolder),
            ("AGENT_PROGRAM", ServerLayout.AgentProgram),
            ("AGENT_UNIT", ServerLayout.AgentUnit),
            ("AGENT_STATE_FILE", agentStateFile),
            ("AGENT_SETTINGS_FILE", ServerLayout.AgentSettings),
            ("AGENT_SETTINGS", JsonSerializer.Serialize(new AgentSettings(server.Id, [portal.Fingerprint]), AgentSettingsJson.Default.AgentSettings)),
        ],
        "verify" =>
        [
            ("AGENT_UNIT", ServerLayout.AgentUnit),
            ("AGENT_PORT", AgentRoutes.Port.ToString(CultureInfo.InvariantCulture)),
            ("MARIADB_CONTAINER", ServerLayout.MariaDbContainer),
        ],
        _ => [],
    };
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Tests.Lab;


namespace FrappeHybrid.Tests.Measure.Provision;

/// <summary>One way to set up a server, from the first SSH connection to a verified end.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>What is done before, off the clock.</summary>
    Task PrepareAsync(MeasureServer server) => Task.CompletedTask;

    /// <summary>Sets the server up, or finds that nothing is to do. Throws when something failed.</summary>
    Task RunAsync(MeasureServer server, bool second);
}

/// <summary>Debian's ansible-core with everything that makes it faster: pipelining, a control master, no fact gathering.</summary>
internal sealed class AnsibleContender(SetUp setUp, string folder) : IContender
{
    public string Name => "ansible";

    public async Task RunAsync(MeasureServer server, bool second)
    {
        var values = Path.Combine(folder, "ansible-values.json");
        var settings = Path.Combine(folder, "agent.json");
        await File.WriteAllTextAsync(settings, setUp.AgentSettings + "\n");
        await File.WriteAllTextAsync(values, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["registry"] = setUp.Lab.Registry,
            ["registry_user"] = setUp.Lab.RegistryUser,
            ["registry_password"] = setUp.Lab.RegistryPassword,
            ["mariadb_image"] = setUp.Lab.MariaDbImage,
            ["agent_file"] = setUp.AgentFile,
            ["agent_settings"] = settings,
        }));
        var environment = new Dictionary<string, string>
        {
            ["ANSIBLE_CONFIG"] = Path.Combine(SetUp.Folder, "ansible.cfg"),
            ["ANSIBLE_LOCAL_TEMP"] = Path.Combine(folder, "ansible"),
            ["ANSIBLE_SSH_ARGS"] = "-F /dev/null -o ControlMaster=auto -o ControlPersist=60s -o BatchMode=yes -o IdentitiesOnly=yes "
                + $"-o ControlPath={folder}/%C -o UserKnownHostsFile={server.KnownHostsFile} -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes",
            ["LC_ALL"] = "C.UTF-8",
        };
        var output = await Command.RunAsync(
            ["ansible-playbook", "--inventory", $"{server.Address},", "--private-key", server.KeyFile, "--extra-vars", $"@{values}", "playbook.yml"],
            environment: environment,
            folder: SetUp.Folder);
        if (second && !output.Contains("changed=0 ", StringComparison.Ordinal))
            throw new InvalidOperationException($"Ansible's second run changed something:{Environment.NewLine}{output}");
    }
}

/// <summary>script.sh over one connection: about as fast as the same work can be done.</summary>
internal sealed class ScriptContender(SetUp setUp) : IContender
{
    public string Name => "script";

    public Task RunAsync(MeasureServer server, bool second) => Command.RunAsync(
        [
            "ssh", "-F", "/dev/null", "-i", server.KeyFile, "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={server.KnownHostsFile}",
            "-o", "GlobalKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=yes", $"root@{server.Address}", "bash", "-s",
        ],
        WriteAsync);

    private async Task WriteAsync(Stream input)
    {
        var values = new Dictionary<string, string>
        {
            ["registry"] = setUp.Lab.Registry,
            ["registry_user"] = setUp.Lab.RegistryUser,
            ["registry_password"] = setUp.Lab.RegistryPassword,
            ["mariadb_image"] = setUp.Lab.MariaDbImage,
            ["agent_size"] = new FileInfo(setUp.AgentFile).Length.ToString(CultureInfo.InvariantCulture),
            ["agent_sha256"] = setUp.AgentSha256,
            ["agent_settings"] = setUp.AgentSettings,
            ["packages"] = SetUp.Read("files/packages"),
            ["daemon_json"] = SetUp.Read("files/daemon.json"),
            ["nginx_conf"] = SetUp.Read("files/nginx.conf"),
            ["sudoers"] = SetUp.Read("files/sudoers"),
            ["node_exporter"] = SetUp.Read("files/node-exporter.conf"),
            ["mariadb_files"] = SetUp.Read("files/mariadb-files.sh"),
            ["agent_unit"] = SetUp.Read("files/agent.service"),
        };
        var text = new StringBuilder();
        foreach (var (name, value) in values)
            text.Append(CultureInfo.InvariantCulture, $"{name}='{value.TrimEnd('\n').Replace("'", "'\\''", StringComparison.Ordinal)}'\n");
        text.Append(SetUp.Read("script.sh")).Append("main; exit\n");

        await input.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        await using var agent = File.OpenRead(setUp.AgentFile);
        await agent.CopyToAsync(input);
    }
}

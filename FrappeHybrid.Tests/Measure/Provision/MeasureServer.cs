using FrappeHybrid.Tests.Lab;

namespace FrappeHybrid.Tests.Measure.Provision;

/// <summary>A fresh server of the lab for one contender: booted, sshd answers, its host key is known, root takes our key.</summary>
internal sealed class MeasureServer(LabServer lab, string folder) : IAsyncDisposable
{
    public string Address => lab.Address;

    public string KeyFile => Path.Combine(folder, "key");

    public string KnownHostsFile => Path.Combine(folder, "known_hosts");

    public static async Task<MeasureServer> StartAsync(LabDescription description, string folder)
    {
        Directory.CreateDirectory(folder);
        var server = new MeasureServer(await LabServer.StartAsync(description), folder);
        try
        {
            await server.BecomeReachableAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a script as root in the server, past the SSH connection that is being measured.</summary>
    public Task<string> InsideAsync(string script) => lab.RunAsync(script);

    /// <summary>Lets root sign in with one more key.</summary>
    public Task AuthorizeAsync(string publicKey) => lab.AuthorizeAsync(publicKey);

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    private async Task BecomeReachableAsync()
    {
        await Command.RunAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", KeyFile]);
        await lab.AuthorizeAsync((await File.ReadAllTextAsync($"{KeyFile}.pub")).Trim());
        var hostKey = (await lab.RunAsync("cat /etc/ssh/ssh_host_ed25519_key.pub")).Split(' ');
        await File.WriteAllTextAsync(KnownHostsFile, $"{Address} {hostKey[0]} {hostKey[1].Trim()}\n");
        await Command.RunAsync(
        [
            "ssh", "-F", "/dev/null", "-i", KeyFile, "-o", "BatchMode=yes", "-o", "ConnectionAttempts=60", "-o", $"UserKnownHostsFile={KnownHostsFile}", $"root@{Address}", "true",
        ]);
    }
}

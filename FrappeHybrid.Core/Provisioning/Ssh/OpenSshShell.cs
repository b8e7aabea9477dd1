using System.Diagnostics;
using System.Text;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>
/// The OpenSSH client as a process, with a control master: it knows every key type and server, and further commands take milliseconds.
/// The master is a child that runs `cat` on the server: when the portal dies, its standard input closes, `cat` ends, and the master with it.
/// </summary>
public sealed class OpenSshShell(ProvisioningOptions options, CoreOptions core, TimeProvider time) : IHostShell
{
    private const string Ready = "frappe-hybrid-ready";

    /// <summary>Works in any login shell: Bourne, C shell or fish.</summary>
    private const string Hold = "id -u; echo " + Ready + "; exec cat";

    // The key travels by standard input. A last line without its line end would swallow ours, hence the tail.
    private const string AppendKey =
        "umask 077; mkdir -p ~/.ssh && f=~/.ssh/authorized_keys && touch \"$f\" && IFS= read -r key && set -- $key && " +
        "if ! grep -qF \"$1 $2\" \"$f\"; then if [ -s \"$f\" ] && [ -n \"$(tail -c 1 \"$f\")\" ]; then echo >> \"$f\"; fi; printf \"%s\\n\" \"$key\" >> \"$f\"; fi && echo " + Ready;

    /// <inheritdoc/>
    public async Task<Result<HostSession>> ConnectAsync(HostTarget target, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var folder = new PrivateFolder();
        Process? master = null;
        try
        {
            var keyFile = await folder.WriteAsync("key", target.PrivateKey, cancel);
            var knownHosts = await folder.WriteAsync("known_hosts", OpenSshArguments.KnownHosts(target), cancel);
            var control = folder.FileName("c");
            string[] special = [.. OpenSshArguments.WithKey(keyFile), $"ControlPath={control}"];
            master = LocalProcess.Start(new LocalCommand("ssh", OpenSshArguments.For(target, knownHosts, options.ConnectTimeout, [.. special, "ControlMaster=yes"], Hold))
            {
                Timeout = Timeout.InfiniteTimeSpan,
            });
            var greeting = await GreetAsync(master, cancel);
            if (greeting.UserId is not { } userId)
            {
                var error = SshVerdict.Of(greeting.Said, target);
                await OpenSshSession.EndAsync(master);
                master = null;
                folder.Dispose();
                return error;
            }

            return new OpenSshSession(target, master, folder, options, time, command => OpenSshArguments.For(target, knownHosts, options.ConnectTimeout, [.. special, "ControlMaster=no"], command))
            {
                ConnectTime = time.GetElapsedTime(began),
                IsRoot = userId == 0,
            };
        }
        catch
        {
            if (master is not null)
                await OpenSshSession.EndAsync(master);
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Result> InstallKeyAsync(HostTarget target, string publicKey, string password, CancellationToken cancel)
    {
        // ssh asks a helper program for the password. The helper is constant text in the data folder (memory file systems often forbid programs);
        // it prints a file of mode 0600 that exists in memory for as long as this call, so that neither a command line nor an environment holds the password.
        using var folder = new PrivateFolder();
        var knownHosts = await folder.WriteAsync("known_hosts", OpenSshArguments.KnownHosts(target), cancel);
        var secret = await folder.WriteAsync("answer", password + "\n", cancel);
        var arguments = OpenSshArguments.For(
            target,
            knownHosts,
            options.ConnectTimeout,
            ["BatchMode=no", "PubkeyAuthentication=no", "PreferredAuthentications=password,keyboard-interactive", "NumberOfPasswordPrompts=1", "ControlMaster=no", "ControlPath=none"],
            $"sh -c '{AppendKey}'");
        var result = await LocalProcess.RunAsync(
            new LocalCommand("ssh", arguments)
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["SSH_ASKPASS"] = await AskPass.EnsureAsync(core, cancel),
                    ["SSH_ASKPASS_REQUIRE"] = "force",
                    [AskPass.FileVariable] = secret,
                },
                WriteInput = async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(publicKey + "\n"), token),
                Timeout = options.ConnectTimeout * 3,
            },
            time,
            cancel);
        if (result.ExitCode == 0 && result.Output.Contains(Ready, StringComparison.Ordinal))
            return Result.Done;
        if (result.TimedOut)
            return SshVerdict.Timeout(target.Address, target.Port);
        return PasswordVerdict(result, target);
    }

    private static Error PasswordVerdict(LocalResult result, HostTarget target)
    {
        var raw = CleanText.OfBlock(result.ErrorOutput, 4000);
        if (result.ExitCode != 255)
            return raw.Contains("No space left on device", StringComparison.Ordinal)
                ? SshVerdict.DiskFull(raw)
                : new Error("key-not-written", $"The password is right, but the key could not be written to ~{target.User}/.ssh/authorized_keys.", "Put the portal's public key there yourself.", raw);
        var error = SshVerdict.Of(result.ErrorOutput, target);
        if (error.Code is not "ssh-authentication")
            return error;

        // "Permission denied (publickey,password)." names what the server would take.
        var methods = raw[(raw.LastIndexOf('(') + 1)..];
        return methods.Contains("password", StringComparison.Ordinal) || methods.Contains("keyboard-interactive", StringComparison.Ordinal)
            ? new Error("password-wrong", $"The server does not accept this password for {target.User}.", "Check the user and the password; for root, PermitRootLogin must be \"yes\" for passwords to work.", raw)
            : new Error("password-not-taken", "The server takes no passwords, only keys.", "Put the portal's public key into authorized_keys yourself, for instance in your hosting company's console.", raw);
    }

    // Reads until the ready line. Whatever a login script prints before it is of no interest, and bounded.
    private async Task<(int? UserId, string Said)> GreetAsync(Process master, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout * 2, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var said = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while (said.Length < 64 * 1024 && (read = await master.StandardOutput.BaseStream.ReadAsync(buffer, both.Token)) > 0)
            {
                said.Append(Encoding.UTF8.GetString(buffer, 0, read));
                var lines = said.ToString().Split('\n');
                var at = Array.FindLastIndex(lines, line => string.Equals(line.TrimEnd('\r'), Ready, StringComparison.Ordinal));
                if (at > 0 && int.TryParse(lines[at - 1], System.Globalization.CultureInfo.InvariantCulture, out var userId))
                    return (userId, "");
            }

            read = await master.StandardError.BaseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, both.Token);
            said.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            said.Append("Connection timed out");
        }

        return (null, said.ToString());
    }
}

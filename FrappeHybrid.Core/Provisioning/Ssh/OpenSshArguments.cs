using System.Globalization;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>The options of every ssh call: nothing of the portal user's own configuration, agent or known hosts takes part, and only the pinned host key counts.</summary>
internal static class OpenSshArguments
{
    /// <summary>Options, then "--", the address and the remote command.</summary>
    public static IReadOnlyList<string> For(HostTarget target, string knownHosts, TimeSpan connectTimeout, IReadOnlyList<string> special, string remoteCommand)
    {
        List<string> arguments = ["-F", "/dev/null", "-T", "-p", Text(target.Port), "-l", target.User];
        foreach (var option in (string[])
        [
            $"UserKnownHostsFile={knownHosts}",
            "GlobalKnownHostsFile=/dev/null",
            "StrictHostKeyChecking=yes",
            $"HostKeyAlias={target.Alias}",
            $"HostKeyAlgorithms={target.HostKey.Algorithms}",
            "CheckHostIP=no",
            "UpdateHostKeys=no",
            "VerifyHostKeyDNS=no",
            "CanonicalizeHostname=no",
            "GSSAPIAuthentication=no",
            "HostbasedAuthentication=no",
            "IdentityAgent=none",
            "AddKeysToAgent=no",
            "ForwardAgent=no",
            "ClearAllForwardings=yes",
            "PermitLocalCommand=no",
            "ControlPersist=no",
            $"ConnectTimeout={Text((int)Math.Max(1, connectTimeout.TotalSeconds))}",
            "ServerAliveInterval=10",
            "ServerAliveCountMax=3",
            "LogLevel=ERROR",
            .. special,
        ])
        {
            arguments.Add("-o");
            arguments.Add(option);
        }

        arguments.Add("--");
        arguments.Add(target.Address);
        arguments.Add(remoteCommand);
        return arguments;
    }

    /// <summary>A known_hosts file with just the pinned key.</summary>
    public static string KnownHosts(HostTarget target) => $"{target.Alias} {target.HostKey.Line}\n";

    /// <summary>The options of a sign-in with the portal's key.</summary>
    public static string[] WithKey(string keyFile) => ["BatchMode=yes", "IdentitiesOnly=yes", $"IdentityFile={keyFile}", "PreferredAuthentications=publickey"];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

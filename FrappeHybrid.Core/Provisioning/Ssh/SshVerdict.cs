using System.Net.Sockets;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>Names the exact cause of a connection that failed, and the way out. The texts on the left are OpenSSH's own (LC_ALL=C); the tests hold recorded ones.</summary>
public static class SshVerdict
{
    /// <summary>The verdict on what ssh wrote to standard error.</summary>
    public static Error Of(string errorOutput, HostTarget target)
    {
        var raw = CleanText.OfBlock(errorOutput, 4000);
        bool Says(string text) => errorOutput.Contains(text, StringComparison.OrdinalIgnoreCase);

        if (Says("Could not resolve hostname"))
            return NameUnknown(target.Address, raw);
        if (Says("REMOTE HOST IDENTIFICATION HAS CHANGED") || Says("Host key verification failed") || Says("no matching host key type found") || Says("No ED25519 host key is known"))
            return HostKeyChanged(target, raw);
        if (Says("invalid format") || Says("error in libcrypto") || Says("bad permissions") || Says("is not a public key file"))
            return new Error("ssh-key-format", "The portal's key for this server cannot be read.", "Throw this draft away and add the server anew: it gets a fresh key.", raw);
        if (Says("account is currently not available") || Says("password has expired") || Says("account has expired") || Says("required to change your password") || Says("Password change required"))
            return new Error(
                "ssh-account",
                $"The server does not let the user {target.User} work: its password has expired, or it may not log in.",
                $"Log in once as {target.User} and set a new password, or give another user.",
                raw);
        if (Says("Permission denied") || Says("Too many authentication failures") || Says("no more authentication methods"))
            return new Error(
                "ssh-authentication",
                $"The server answers, but does not accept the portal's key for the user {target.User}.",
                $"Put the portal's public key as one line into ~{target.User}/.ssh/authorized_keys; that file must belong to {target.User} and have mode 600, its folder mode 700. For root, PermitRootLogin must not be \"no\".",
                raw);
        if (Says("Connection refused"))
            return Refused(target.Address, target.Port, raw);
        if (Says("timed out") || Says("timeout"))
            return Timeout(target.Address, target.Port, raw);
        if (Says("No route to host") || Says("Network is unreachable"))
            return Unreachable(target.Address, raw);
        if (Says("Connection closed") || Says("Connection reset") || Says("kex_exchange_identification") || Says("Broken pipe"))
            return Closed(target.Address, target.Port, raw);
        if (Says("No space left on device"))
            return DiskFull(raw);
        return new Error("ssh-failed", "The connection failed.", "Read what SSH said; if it does not help, try the same from a terminal.", raw);
    }

    /// <summary>The verdict on a TCP connection that did not come about.</summary>
    public static Error Of(SocketException exception, string address, int port) => exception.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => NameUnknown(address, null),
        SocketError.ConnectionRefused => Refused(address, port, null),
        SocketError.TimedOut => Timeout(address, port),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => Unreachable(address, null),
        SocketError.ConnectionReset => Closed(address, port, null),
        _ => new Error("ssh-failed", "The connection failed.", "Check the address and the port.", exception.Message),
    };

    /// <summary>Why a user who is not root may not become root.</summary>
    public static Error Sudo(string errorOutput, string user)
    {
        var raw = CleanText.OfBlock(errorOutput, 2000);
        bool Says(string text) => errorOutput.Contains(text, StringComparison.OrdinalIgnoreCase);

        if (Says("password is required") || Says("a terminal is required"))
            return new Error(
                "sudo-password",
                $"The user {user} may use sudo, but only with a password.",
                $"On the server, as root: echo '{user} ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-{user} && chmod 440 /etc/sudoers.d/90-{user}. Or give root as the user.",
                raw);
        if (Says("not found") || Says("No such file"))
            return new Error("sudo-missing", $"The server has no sudo, and {user} is not root.", "Give root as the user, or install sudo: apt-get install sudo.", raw);
        if (Says("not in the sudoers") || Says("not allowed") || Says("may not run sudo"))
            return new Error("sudo-denied", $"The user {user} may not use sudo.", $"On the server, as root: usermod -aG sudo {user}, and allow it without a password. Or give root as the user.", raw);
        if (Says("No space left on device"))
            return DiskFull(raw);
        return new Error("sudo-failed", $"The user {user} cannot become root.", "Read what sudo said, or give root as the user.", raw);
    }

    /// <summary>There is no room for even a small file.</summary>
    public static Error DiskFull(string? raw = null) => new("disk-full", "A disk of the server is full.", "Make room: df -h shows which one, du -xh --max-depth=2 / | sort -h | tail shows where it went.", raw);

    internal static Error NameUnknown(string address, string? raw) =>
        new("ssh-name-unknown", $"The name {address} is not known.", "Check the spelling and the DNS record, or give the IP address.", raw);

    internal static Error Refused(string address, int port, string? raw = null) =>
        new("ssh-refused", $"{address} is there, but nothing listens on port {port}.", "Check the SSH port; on the server: systemctl status ssh.", raw);

    internal static Error Timeout(string address, int port, string? raw = null) =>
        new("ssh-timeout", $"{address} does not answer on port {port}.", "Check the address, that the machine runs, and that its firewall (also the hosting company's) lets the portal in.", raw);

    internal static Error Unreachable(string address, string? raw) =>
        new("ssh-unreachable", $"There is no way from the portal to {address}.", "Check the address: a private one (10., 172.16., 192.168.) or IPv6 may be out of the portal's reach.", raw);

    internal static Error NoSsh(string address, int port) =>
        new("ssh-not-there", $"Something else than SSH answers on port {port} of {address}.", "Check the SSH port: grep -i ^port /etc/ssh/sshd_config on the server.");

    internal static Error Closed(string address, int port, string? raw) =>
        new("ssh-closed", $"{address} closes the connection on port {port} before saying anything.", "Something on the server may block the portal: fail2ban, hosts.deny, or too many connections at once. Try again in some minutes.", raw);

    private static Error HostKeyChanged(HostTarget target, string raw) => new(
        "ssh-host-key-changed",
        $"{target.Address} shows another host key than the one you confirmed. Nothing was sent to it.",
        "If the machine was installed anew or its keys were renewed, look at the new fingerprint and confirm it. Otherwise somebody may be between you and the server: stop and ask your hosting company.",
        raw);
}

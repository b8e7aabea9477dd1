using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Servers;

/// <summary>
/// What a server's name, address, user and domain may look like. These values reach a command line (as arguments, never as shell text) and files,
/// so the rules are strict: nothing that could be taken for an option, a path or a second line gets through.
/// </summary>
public static partial class ServerConnectionRules
{
    /// <summary>The connection with blanks trimmed and names in lower case, or what is wrong with it.</summary>
    public static Result<ServerConnection> Check(ServerConnection connection)
    {
        var name = CheckName(connection.Name);
        if (!name.IsDone)
            return name.Error;

        var address = (connection.Address ?? "").Trim().TrimEnd('.').ToLowerInvariant();
        if (!IsAddress(address))
            return new Error("address-invalid", "This is not a host name or an IP address.", "Give the server's name, such as server1.example.com, or its address, such as 203.0.113.7, without http:// and without a port.");
        if (connection.SshPort is < 1 or > 65535)
            return new Error("port-invalid", "A port is a number from 1 to 65535.", "SSH normally listens on port 22.");

        var user = (connection.SshUser ?? "").Trim();
        if (!User().IsMatch(user))
            return new Error("user-invalid", "This is not a user name of a Linux machine.", "Use root, or a user that may run sudo without a password: lower-case letters, digits, - and _.");

        var domain = (connection.Domain ?? "").Trim().TrimEnd('.').ToLowerInvariant();
        if (domain.Length > 0 && (!IsHostName(domain) || !domain.Contains('.', StringComparison.Ordinal) || IPAddress.TryParse(domain, out _)))
            return new Error("domain-invalid", "This is not a domain.", "Give a name such as sites.example.com, or leave it empty.");

        return new ServerConnection(name.Value, address, connection.SshPort, user, domain);
    }

    /// <summary>The name, trimmed: 1 to 60 characters, none of them a control character.</summary>
    public static Result<string> CheckName(string? name)
    {
        var trimmed = (name ?? "").Trim();
        if (trimmed.Length is < 1 or > 60 || trimmed.Any(character => char.IsControl(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format))
            return new Error("name-invalid", "A server's name has 1 to 60 characters.", "Give it a short name that your colleagues will recognise.");
        return trimmed;
    }

    /// <summary>A DNS name, or a plain IPv4 or IPv6 address.</summary>
    public static bool IsAddress(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
            return IPv6Characters().IsMatch(text) && IPAddress.TryParse(text, out var six) && six.AddressFamily is AddressFamily.InterNetworkV6;
        // Something of digits and dots only is an IPv4 address or nothing: "1.2.3" or "0177.1" would be read as an address by some programs and not by others.
        if (DigitsAndDots().IsMatch(text))
            return IPAddress.TryParse(text, out var four) && string.Equals(four.ToString(), text, StringComparison.Ordinal);
        return IsHostName(text);
    }

    private static bool IsHostName(string text) => text.Length is > 0 and <= 253 && HostName().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostName();

    [GeneratedRegex(@"\A[a-z_][a-z0-9_-]{0,31}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex User();

    [GeneratedRegex(@"\A[0-9.]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DigitsAndDots();

    [GeneratedRegex(@"\A[0-9a-f:.]{2,45}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IPv6Characters();
}

using System.Net;
using System.Net.Sockets;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Provisioning;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>What the portal sees from outside: names, and whether a firewall stands before the Agent's port.</summary>
internal sealed record PortalLook(IReadOnlyList<string>? DomainAddresses, IReadOnlyList<string>? ServerAddresses, bool? AgentPortOpen)
{
    public static async Task<PortalLook> TakeAsync(string address, string domain, bool isWanted, ProvisioningOptions options, TimeProvider time, CancellationToken cancel)
    {
        if (!isWanted)
            return new PortalLook(null, null, null);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout / 2, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var domainAddresses = ResolveAsync(domain, both.Token);
        var serverAddresses = ResolveAsync(address, both.Token);
        var port = KnockAsync(address, AgentRoutes.Port, both.Token);
        await Task.WhenAll(domainAddresses, serverAddresses, port);
        cancel.ThrowIfCancellationRequested();
        return new PortalLook(await domainAddresses, await serverAddresses, await port);
    }

    /// <summary>Puts it among the facts.</summary>
    public PreflightFacts Apply(PreflightFacts facts)
    {
        (facts.DomainAddresses, facts.ServerAddresses, facts.AgentPortOpen) = (DomainAddresses, ServerAddresses, AgentPortOpen);
        return facts;
    }

    private static async Task<IReadOnlyList<string>?> ResolveAsync(string name, CancellationToken cancel)
    {
        if (name.Length == 0)
            return null;
        try
        {
            return [.. (await Dns.GetHostAddressesAsync(name, cancel)).Select(address => address.ToString())];
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    // Refused is good: the machine answered, and nothing swallowed the knock. Nobody listens there before the set-up.
    private static async Task<bool?> KnockAsync(string address, int port, CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, cancel);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return false;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return null;
        }
    }
}

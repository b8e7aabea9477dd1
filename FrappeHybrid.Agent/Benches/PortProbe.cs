using System.Net.Sockets;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Whether somebody takes connections at a port, as frappe_docker's own tests of links ask.</summary>
internal static class PortProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static async Task<bool> ConnectsAsync(string address, int port, CancellationToken cancel)
    {
        // A container on no network has no address.
        if (address.Length == 0)
            return false;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}

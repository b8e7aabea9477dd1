using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>
/// Asks a machine for its host keys. ssh-keyscan says little about why it got none, so the portal first knocks itself:
/// the name, the connection and the greeting each have a verdict of their own.
/// </summary>
public sealed class HostKeyScanner(ProvisioningOptions options, TimeProvider time)
{
    /// <summary>The keys, best first; never empty.</summary>
    public async Task<Result<HostKey[]>> ScanAsync(string address, int port, CancellationToken cancel)
    {
        if (await KnockAsync(address, port, cancel) is { } error)
            return error;
        var seconds = (int)options.ConnectTimeout.TotalSeconds;
        var scan = await LocalProcess.RunAsync(
            new LocalCommand("ssh-keyscan", ["-T", Text(seconds), "-p", Text(port), "-t", "ed25519,ecdsa,rsa", address]) { Timeout = options.ConnectTimeout * 3 },
            time,
            cancel);
        var keys = HostKey.FromScan(scan.Output);
        if (keys.Length > 0)
            return keys;
        return SshVerdict.Closed(address, port, CleanText.OfBlock(scan.ErrorOutput, 2000));
    }

    private async Task<Error?> KnockAsync(string address, int port, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var connected = false;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, both.Token);
            connected = true;
            return await IsSshAsync(client.GetStream(), both.Token) ? null : SshVerdict.NoSsh(address, port);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return connected ? SshVerdict.NoSsh(address, port) : SshVerdict.Timeout(address, port);
        }
        catch (SocketException exception)
        {
            return SshVerdict.Of(exception, address, port);
        }
        catch (IOException)
        {
            return SshVerdict.Closed(address, port, null);
        }
    }

    // A server may say other lines before its version, says RFC 4253; a few kilobytes are enough for anybody.
    private static async Task<bool> IsSshAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancel);
            if (read == 0)
                return false;
            length += read;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            if (text.StartsWith("SSH-", StringComparison.Ordinal) || text.Contains("\nSSH-", StringComparison.Ordinal))
                return true;
            if (text.StartsWith("HTTP/", StringComparison.Ordinal))
                return false;
        }

        return false;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

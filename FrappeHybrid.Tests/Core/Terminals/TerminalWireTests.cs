using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using FrappeHybrid.Core.Contracts.Consoles;
using Xunit;

namespace FrappeHybrid.Tests.Core.Terminals;

/// <summary>The connection of a terminal: who is slow is waited for, who is there is not given up, who keeps no account is.</summary>
public sealed class TerminalWireTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_takes_nothing_for_long_is_waited_for_and_gets_everything()
    {
        var (near, far) = await PairAsync();
        using var agent = new TerminalWire(near);
        using var portal = new TerminalWire(far);
        var bytes = new byte[4 * TerminalWire.Window];
        for (var at = 0; at < bytes.Length; at++)
            bytes[at] = (byte)(at * 31 >> 3);
        var sending = agent.WriteAsync(bytes, Cancel);

        // Many times the pings' own time-out: nobody takes anything, and both are there.
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        Assert.False(sending.IsCompleted || agent.Closed.IsCompleted || portal.Closed.IsCompleted);

        var got = new List<byte>();
        while (got.Count < bytes.Length)
            got.AddRange((await portal.ReadAsync(Cancel))!.Value.Bytes.ToArray());
        await sending.WaitAsync(Limit, Cancel);
        Assert.Equal(bytes, got);
    }

    [Fact]
    public async Task The_last_words_are_there_however_late_they_are_taken()
    {
        var (near, far) = await PairAsync();
        using var portal = new TerminalWire(far);
        using (var agent = new TerminalWire(near))
        {
            await agent.WriteAsync(new byte[200_000], Cancel);
            await agent.SayAsync(new TerminalNote(ExitCode: 7), Cancel);
            await agent.FinishAsync(Cancel);
            await agent.Closed.WaitAsync(Limit, Cancel);
        }

        await portal.Closed.WaitAsync(Limit, Cancel);
        var (read, code) = (0, (int?)null);
        while (await portal.ReadAsync(Cancel) is { } item)
        {
            read += item.Bytes.Length;
            code ??= item.Note?.ExitCode;
        }

        Assert.Equal((200_000, 7), (read, code));
    }

    [Theory]
    [InlineData(WebSocketMessageType.Binary)]
    [InlineData(WebSocketMessageType.Text)]
    public async Task Who_sends_without_an_account_is_let_go(WebSocketMessageType type)
    {
        var (near, far) = await PairAsync();
        using var portal = new TerminalWire(far);
        var message = type is WebSocketMessageType.Binary ? new byte[16 * 1024] : Encoding.UTF8.GetBytes("{\"exitCode\":0}");
        _ = FloodAsync(near, message, type);
        await Assert.ThrowsAsync<IOException>(() => portal.Closed.WaitAsync(Limit, Cancel));
        near.Dispose();
    }

    [Theory]
    [InlineData("{\"taken\":2147483647}{")]
    [InlineData("nothing")]
    public async Task What_is_no_note_ends_the_connection(string text)
    {
        var (near, far) = await PairAsync();
        using var portal = new TerminalWire(far);
        await near.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => portal.Closed.WaitAsync(Limit, Cancel));
        near.Dispose();
    }

    [Fact]
    public async Task Nobody_can_tell_that_more_was_taken_than_was_sent()
    {
        var (near, far) = await PairAsync();
        using var agent = new TerminalWire(far);
        foreach (var taken in (int[])[int.MaxValue, int.MinValue, -1])
            await near.SendAsync(Encoding.UTF8.GetBytes($"{{\"taken\":{taken}}}"), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        await near.SendAsync(new byte[1], WebSocketMessageType.Binary, endOfMessage: true, Cancel);
        Assert.Equal(1, (await agent.ReadAsync(Cancel))!.Value.Bytes.Length);
        await agent.WriteAsync(new byte[TerminalWire.Window], Cancel);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var more = agent.WriteAsync(new byte[1], leave.Token);
        Assert.False(more.IsCompleted);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => more);
        near.Dispose();
    }

    private static async Task FloodAsync(WebSocket from, byte[] message, WebSocketMessageType type)
    {
        try
        {
            while (true)
                await from.SendAsync(message, type, endOfMessage: true, Cancel);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was let go.
        }
    }

    // Pings as between portal and Agent, only much more often.
    private static async Task<(WebSocket Near, WebSocket Far)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var accepting = listener.AcceptSocketAsync(Cancel);
        await far.ConnectAsync(listener.LocalEndpoint, Cancel);
        return (Of(await accepting, isServer: true), Of(far, isServer: false));

        static WebSocket Of(Socket socket, bool isServer) => WebSocket.CreateFromStream(
            new NetworkStream(socket, ownsSocket: true), new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.FromMilliseconds(100), KeepAliveTimeout = TimeSpan.FromMilliseconds(600) });
    }
}

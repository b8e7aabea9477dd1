using System.Net;
using System.Net.Sockets;
using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Tests.Agent;

/// <summary>
/// The network between a portal and an Agent: an address of its own, from which every byte is carried to the Agent's port and back, until a test cuts it, holds it, or
/// loses the way back.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly int agent;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Socket> open = [];
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;
    private TaskCompletionSource? held;
    private bool isDeaf;

    private Network(int agent) => this.agent = agent;

    /// <summary>Where the portal finds the Agent, on the port that all Agents have.</summary>
    public static string Address => "127.0.77.1";

    public static Network To(int agentPort)
    {
        var network = new Network(agentPort);
        network.Mend();
        return network;
    }

    /// <summary>Every connection ends, and no other is taken.</summary>
    public void Cut()
    {
        lock (gate)
        {
            listener?.Stop();
            listener = null;
            open.ForEach(socket => socket.Close(0));
            open.Clear();
        }
    }

    /// <summary>Nothing arrives and nothing is refused: what is sent waits, as behind a link that is down.</summary>
    public void Hold()
    {
        lock (gate)
            held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Requests arrive, answers do not: they are lost.</summary>
    public void LoseAnswers()
    {
        lock (gate)
            isDeaf = true;
    }

    /// <summary>All is well again; what was held arrives.</summary>
    public void Mend()
    {
        lock (gate)
        {
            held?.SetResult();
            held = null;
            isDeaf = false;
            if (listener is not null)
                return;

            listener = new TcpListener(IPAddress.Parse(Address), AgentRoutes.Port);
            listener.Start();
            accepting = AcceptAsync(listener);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Cut();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener from)
    {
        while (true)
        {
            var near = await from.AcceptSocketAsync(stop.Token);
            var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            near.NoDelay = true;
            lock (gate)
                open.AddRange([near, far]);
            _ = CarryBothAsync(near, far);
        }
    }

    private async Task CarryBothAsync(Socket near, Socket far)
    {
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, agent, stop.Token);
            await Task.WhenAny(CarryAsync(near, far, isAnswer: false), CarryAsync(far, near, isAnswer: true));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two is gone: the other goes too.
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[32 * 1024];
        while (await from.ReceiveAsync(buffer, stop.Token) is > 0 and var length)
        {
            Task? wait;
            bool isLost;
            lock (gate)
                (wait, isLost) = (held?.Task, isDeaf && isAnswer);
            if (wait is not null)
                await wait.WaitAsync(stop.Token);
            if (!isLost)
                await to.SendAsync(buffer.AsMemory(0, length), stop.Token);
        }
    }
}

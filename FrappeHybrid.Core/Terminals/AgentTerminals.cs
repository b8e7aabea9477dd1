using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Terminals;

/// <summary>Opens shells on servers, over the same pinned connections as every other call to an Agent.</summary>
public sealed class AgentTerminals(IAgentConnection connection, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A shell in the service; what goes wrong is an <see cref="AgentException"/>.</summary>
    public async Task<AgentTerminal> OpenAsync(Server server, BenchName bench, BenchService service, TerminalSize size, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        HttpResponseMessage? answer = null;
        try
        {
            using var request = Upgrade(TerminalPaths.For(bench, service, size));
            answer = await connection.For(server).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (answer.StatusCode is not HttpStatusCode.SwitchingProtocols)
                throw await AgentErrors.FromAnswerAsync(server, answer, stop.Token);
            var stream = await answer.Content.ReadAsStreamAsync(stop.Token);
            var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
            return new AgentTerminal(socket, answer);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            answer?.Dispose();
            throw AgentErrors.Timeout(server, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            answer?.Dispose();
            throw AgentErrors.From(server, exception);
        }
    }

    // By hand and not with ClientWebSocket: that one throws away the Agent's answer, and with it why no shell was opened.
    private static HttpRequestMessage Upgrade(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version11 };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        return request;
    }
}

using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Turns everything that can go wrong on the way to an Agent into a sentence with advice.</summary>
internal static class AgentErrors
{
    // Our own time limits end a call without an inner time-out; one that has it comes from the connection that was never made (its limit is the shorter one).
    public static AgentException Timeout(Server server, OperationCanceledException inner) => inner.InnerException is TimeoutException ? Unreachable(server, inner) : new(
        new Error("agent-timeout", $"The Agent of {server.Name} did not answer in time.", "Is the server under load, or does a firewall swallow the port?"),
        AgentTrouble.Uncertain,
        inner);

    public static AgentException From(Server server, Exception exception) => exception switch
    {
        AgentException agent => agent,
        // A handshake that was only cut off (the Agent starts or ends just now) says nothing of its certificate.
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException } => new(
            new Error("agent-certificate", "The Agent's certificate is not the one that was pinned.", "If the Agent was installed anew, run the set-up of the server again; otherwise somebody may stand between."),
            AgentTrouble.NotSent,
            exception),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(
            new Error("agent-name", $"The name {server.Address} cannot be resolved.", "Check the server's address and its DNS record."),
            AgentTrouble.NotSent,
            exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => new(
            new Error("agent-refused", $"The Agent of {server.Name} does not run: the server refused the connection on port {AgentRoutes.Port}.", $"On the server: systemctl status {ServerLayout.AgentUnit}."),
            AgentTrouble.NotSent,
            exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } => Unreachable(server, exception),
        JsonException or FormatException => new(
            new Error("agent-answer", $"The Agent of {server.Name} answered something that this portal cannot read.", "Portal and Agent may have different versions: run the set-up of the server again."),
            AgentTrouble.Uncertain,
            exception),
        _ => new(
            new Error("agent-connection", $"The connection to the Agent of {server.Name} broke.", "The portal tries again by itself."),
            AgentTrouble.Uncertain,
            exception),
    };

    /// <summary>For an answer that is not a success.</summary>
    public static async Task<AgentException> FromAnswerAsync(Server server, HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        var problem = await ReadProblemAsync(answer, cancel);
        if (problem is null)
        {
            return status is 401 or 403
                ? new AgentException(new Error("agent-forbidden", $"The Agent of {server.Name} does not accept this portal.", "Run the set-up of the server again: it tells the Agent the portal's certificate."), AgentTrouble.NotSent)
                : new AgentException(new Error("agent-answer", $"The Agent of {server.Name} answered {status} without a reason.", "Does something else listen on its port?"), AgentTrouble.Busy);
        }

        var trouble = status switch
        {
            408 or 425 or 429 or >= 500 => AgentTrouble.Busy,
            404 => AgentTrouble.Missing,
            _ => AgentTrouble.Refused,
        };
        return new AgentException(new Error(problem.Code, problem.Title, problem.Detail), trouble);
    }

    private static AgentException Unreachable(Server server, Exception inner) => new(
        new Error("agent-unreachable", $"The server {server.Name} cannot be reached on port {AgentRoutes.Port}.", "Is it switched on, and does a firewall let the portal in?"),
        AgentTrouble.NotSent,
        inner);

    private static async Task<AgentProblem?> ReadProblemAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
            return null;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            var problem = await JsonSerializer.DeserializeAsync(body, AgentJson.Default.AgentProblem, cancel);
            return string.IsNullOrEmpty(problem?.Code) ? null : problem;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

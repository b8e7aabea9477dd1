using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>`/benches/{bench}/services/{service}/terminal`: a shell for as long as the connection lasts.</summary>
internal sealed class TerminalRoutes(
    BenchCatalog catalog, DockerConnection connection, ContainerProcesses processes, TerminalSeats seats, TimeProvider time, IHostApplicationLifetime lifetime) : IRoutes
{
    /// <summary>A portal that was killed, or a line that was cut, is noticed and its shells are ended.</summary>
    public static WebSocketOptions Sockets { get; } = new() { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(20) };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(TerminalPaths.Terminal, (RequestDelegate)OpenAsync);

    private async Task OpenAsync(HttpContext context)
    {
        var (_, record) = ApiMessages.FindBench(context, catalog);
        if (!BenchServices.TryParse((string?)context.Request.RouteValues["service"], out var service) || !TerminalServices.All.Contains(service))
            throw ApiException.NotFound("A terminal can be opened in " + string.Join(", ", TerminalServices.All.Select(each => each.Name())) + ".");
        if (!TerminalSize.TryParse(context.Request.Query["columns"], context.Request.Query["rows"], out var size))
            throw ApiException.Invalid("invalid-request", $"columns is a number from 2 to {TerminalSize.MostColumns}, rows one from 1 to {TerminalSize.MostRows}.");
        if (!context.WebSockets.IsWebSocketRequest)
            throw new ApiException(StatusCodes.Status426UpgradeRequired, "upgrade-needed", "A terminal is a WebSocket: ask for the upgrade.");

        using var seat = seats.Take(record.Name) ?? throw new ApiException(
            StatusCodes.Status429TooManyRequests, "terminals-many", $"{TerminalSeats.Most} terminals are open in bench {record.Name}.", "Close one that nobody uses any more.");
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var shell = await StartAsync(record.Name, service, size, leave.Token);
        using var wire = new TerminalWire(await context.WebSockets.AcceptWebSocketAsync());
        await new TerminalLink(wire, shell, time).RunAsync(leave.Token);
    }

    private async Task<TerminalShell> StartAsync(BenchName bench, BenchService service, TerminalSize size, CancellationToken cancel)
    {
        try
        {
            return await TerminalShell.StartAsync(connection, processes, bench, BenchContainers.NameOf(bench, service), size, time, cancel);
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.NotFound or DockerFault.Conflict)
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, JobErrorCodes.ServiceStopped, $"{service.Name()} of bench {bench} does not run, so that no shell can be opened in it.", "Start it again, or look at its console for why it stopped.");
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.Refused)
        {
            throw new ApiException(StatusCodes.Status409Conflict, "terminal-refused", $"The Docker engine opened no shell in {service.Name()} of bench {bench}.", exception.Message);
        }
    }
}

using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/ping`, `/version`, `/server`.</summary>
internal sealed class ServerRoutes(DockerEngine engine, BenchCatalog catalog, ServerFacts facts, AgentOptions options, TimeProvider time) : IRoutes
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    /// <summary>The version of this program, e.g. "0.1.0".</summary>
    public static string Version { get; } = typeof(ServerRoutes).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    // Of the file that runs, also when another lies in its place by now.
    private static readonly Lazy<string?> Program = new(() =>
    {
        try
        {
            using var file = File.OpenRead("/proc/self/exe");
            return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    });

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AgentRoutes.Ping, (RequestDelegate)(context => ApiMessages.AnswerAsync(context, new Pong("pong"), AgentJson.Default.Pong)));
        routes.MapGet(
            AgentRoutes.Version, (RequestDelegate)(context => ApiMessages.AnswerAsync(context, new AgentVersion(Version, startedAt, Program.Value), AgentJson.Default.AgentVersion)));
        routes.MapGet(
            AgentRoutes.Server, (RequestDelegate)(async context => await ApiMessages.AnswerAsync(context, await ReadAsync(context.RequestAborted), AgentJson.Default.ServerInfo)));
    }

    /// <summary>The machine now; answers also when the engine does not.</summary>
    public async Task<ServerInfo> ReadAsync(CancellationToken cancel)
    {
        string? docker = null;
        var database = "unknown";
        try
        {
            docker = (await engine.VersionAsync(cancel)).Version;
            database = (await engine.FindContainerAsync(options.MariaDbContainer, cancel))?.State.Status ?? "missing";
        }
        catch (DockerException)
        {
            // A server whose engine is down is what this route is asked about: it answers, with what it knows.
        }

        var server = facts.Read();
        return new ServerInfo(
            server.HostName, server.OperatingSystem, server.Kernel, server.Processors, server.Load1, server.MemoryTotalBytes, server.MemoryAvailableBytes,
            server.DiskTotalBytes, server.DiskFreeBytes, docker, database, catalog.All().Count, server.UptimeSeconds);
    }
}

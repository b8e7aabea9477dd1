using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/jobs/{id}/evidence`: what the server knows about a job's surroundings, with every secret of the bench taken out.</summary>
internal sealed class EvidenceRoute(JobStore store, BenchCatalog catalog, DockerEngine engine, ServerRoutes server, RecentLog log) : IRoutes
{
    private const int Lines = 200;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(AgentRoutes.JobEvidence, (RequestDelegate)ReadAsync);

    private async Task ReadAsync(HttpContext context)
    {
        if (!Guid.TryParseExact((string?)context.Request.RouteValues["id"], "D", out var id) || store.Find(id) is null)
            throw ApiException.NotFound("There is no such job on this server.");

        var services = BenchName.TryParse(context.Request.Query["bench"], out var bench) ? await ServicesAsync(catalog.Folder(bench), context.RequestAborted) : [];
        await ApiMessages.AnswerAsync(context, new JobEvidence(ServerRoutes.Version, await server.ReadAsync(context.RequestAborted), new Redactor().Clean(log.Text), services), EvidenceJson.Default.JobEvidence);
    }

    private async Task<IReadOnlyList<ServiceEvidence>> ServicesAsync(BenchFolder folder, CancellationToken cancel)
    {
        if (!folder.Exists)
            return [];

        var redactor = BenchSecrets.Redactor(folder);
        return await Task.WhenAll(BenchServices.All.Select(async service =>
        {
            var name = BenchContainers.NameOf(folder.Bench, service);
            try
            {
                return await engine.FindContainerAsync(name, cancel) is { } container
                    ? new ServiceEvidence(service.Name(), container.State.Status, redactor.Clean(await new DockerLogs(engine.Connection).TailAsync(name, Lines, cancel)))
                    : new ServiceEvidence(service.Name(), "missing", "");
            }
            catch (DockerException exception)
            {
                return new ServiceEvidence(service.Name(), "unknown", exception.Message);
            }
        }));
    }
}

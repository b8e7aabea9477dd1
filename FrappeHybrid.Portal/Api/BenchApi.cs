using System.ComponentModel;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Portal.Components.Pages;

namespace FrappeHybrid.Portal.Api;

/// <summary>Benches: what there is, making and archiving them, and looks inside.</summary>
internal static class BenchApi
{
    public static void MapBenches(this RouteGroupBuilder api)
    {
        var benches = api.Resource("Benches");
        benches.MapGet("/benches", async (
                HttpContext context,
                Caller caller,
                [AsParameters] Paging paging,
                [Description("Only of this team.")] Guid? team,
                [Description("Only on this server.")] Guid? server,
                [Description("Only in this state: installing, active, broken or archiving.")] Choice<BenchState>? state,
                [Description("Only those with each of these words in name, server or release.")] string? find,
                BenchQueries queries,
                CancellationToken cancel) => paging.Of(
                    context,
                    (await queries.ListAsync(caller.Actor, server, cancel)).Where(bench =>
                        (team is null || bench.TeamId == team) && (state is null || bench.State == state.Value.Value) && ListFilter.Matches(find, bench.Name, bench.ServerName, bench.ReleaseName)),
                    bench => (bench.Name, bench.Id),
                    BenchModel.Of))
            .Asks(Capability.View, "List benches", "Archived ones not; by name.").Gives<ApiList<BenchModel>>();
        benches.MapGet("/benches/{id:guid}", async (Guid id, Caller caller, BenchQueries queries, CancellationToken cancel) =>
                Answers.Found(await queries.FindAsync(caller.Actor, id, cancel) is { } bench ? BenchModel.Of(bench) : null))
            .Asks(Capability.View, "Get a bench").Gives<BenchModel>();
        benches.MapPost("/benches", async (NewBenchBody body, Caller caller, CreateBench act, Answers answers, CancellationToken cancel) =>
                await answers.NewBenchAsync(caller, await act.RunAsync(caller.Actor, body.ServerId, body.Name, body.ReleaseId, cancel), cancel))
            .Asks(Capability.ManageBenches, "Create a bench", "The job's benchId is the new bench.").GivesRun();
        benches.MapPost("/benches/{id:guid}/retry", async (Guid id, Caller caller, RetryBench act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageBenches, "Try a broken bench again").GivesRun();
        benches.MapPost("/benches/{id:guid}/give-up", async (Guid id, Caller caller, GiveUpBench act, CancellationToken cancel) => Answers.Done(await act.RunAsync(caller.Actor, id, cancel)))
            .Asks(Capability.ManageBenches, "Give up a broken bench").GivesNothing();
        benches.MapPost("/benches/{id:guid}/archive", async (Guid id, Caller caller, ArchiveBench act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageBenches, "Archive a bench", "Only one without sites.").GivesRun();
        benches.MapPost("/benches/{id:guid}/restart", async (Guid id, RestartBody body, Caller caller, RestartBench act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Services, cancel), cancel))
            .Asks(Capability.ManageBenches, "Restart a bench", "All of it, or some of its services.").GivesRun();
    }

    public static void MapBenchLooks(this RouteGroupBuilder api)
    {
        var looks = api.Resource("Looking into benches");
        looks.MapGet("/benches/{id:guid}/status", async (Guid id, Caller caller, BenchStatus status, CancellationToken cancel) => Answers.Value(await status.GetAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Get the services as they are on the server").Gives<BenchInfo>().AsksServer();
        looks.MapGet("/benches/{id:guid}/doctor", async (Guid id, Caller caller, BenchStatus status, CancellationToken cancel) => Answers.Value(await status.DoctorAsync(caller.Actor, id, cancel)))
            .Asks(Capability.View, "Get what the bench's own tools say of it", "Takes some seconds.").Gives<BenchDoctorReport>().AsksServer();
        looks.MapGet("/benches/{id:guid}/logs", async (Guid id, Caller caller, BenchStatus status, CancellationToken cancel) => Answers.Value(await status.LogFilesAsync(caller.Actor, id, cancel)))
            .Asks(Capability.WatchConsoles, "List log files").Gives<IReadOnlyList<LogFile>>().AsksServer();
        looks.MapGet("/benches/{id:guid}/logs/{name}", async (
                Guid id, string name, [Description("The site whose log it is; one of the bench without it.")] string? site, [Description("How much of its end, at most 524288 bytes.")] int? bytes,
                Caller caller, BenchStatus status, CancellationToken cancel) =>
            {
                if (!LogName.TryParse(name, out var log))
                    return ApiErrors.Of(new Error("log-name-invalid", LogName.Rule));
                SiteName? of = null;
                if (site is not null && !SiteName.TryParse(site, out of))
                    return ApiErrors.Of(new Error("site-name-invalid", SiteName.Rule));
                return bytes is < 1 or > LogText.MostBytes
                    ? ApiErrors.Of(new Error("filter-invalid", $"The number of bytes is from 1 to {LogText.MostBytes}."))
                    : Answers.Value(await status.LogTextAsync(caller.Actor, id, of, log, bytes ?? LogText.UsualBytes, cancel));
            })
            .Asks(Capability.WatchConsoles, "Read the end of a log file", "Hostile text: show it as text only.").Gives<LogText>().Refuses().AsksServer();
    }
}

using System.ComponentModel;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers.Upkeep;

namespace FrappeHybrid.Portal.Api;

/// <summary>Upkeep of a server: disk, clean-up, reboot, its Agent, and its end.</summary>
internal static class ServerUpkeepApi
{
    private const int UsualJobDays = 90;

    public static void MapServerUpkeep(this RouteGroupBuilder api)
    {
        var upkeep = api.Resource("Upkeep of servers");
        upkeep.MapGet("/servers/{id:guid}/disk", async (Guid id, [Description("Measures anew; the figures come later.")] bool? refresh, Caller caller, ServerUpkeep queries, CancellationToken cancel) =>
                Answers.Value(await queries.DiskAsync(caller.Actor, id, refresh ?? false, cancel), disk => disk.Use))
            .Asks(Capability.View, "Get what the disk is used for").Gives<DiskUse>().AsksServer();
        upkeep.MapGet("/servers/{id:guid}/clean-up", async (
                Guid id,
                [Description("Archived folders older than this go; all stay without it. At least 8.")] int? archivedDays,
                [Description("The history of jobs older than this goes; at least 1, normally 90.")] int? jobDays,
                Caller caller,
                ServerUpkeep queries,
                CancellationToken cancel) => Answers.Value(await queries.CleanUpPlanAsync(caller.Actor, id, archivedDays, jobDays ?? UsualJobDays, cancel)))
            .Asks(Capability.View, "Get what a clean-up would take away", "Nothing is taken away by asking.").Gives<CleanUpPlan>().AsksServer();
        upkeep.MapPost("/servers/{id:guid}/clean-up", async (Guid id, CleanUpBody body, Caller caller, CleanUpServer act, Answers answers, CancellationToken cancel) =>
                await answers.JobAsync(caller, await act.RunAsync(caller.Actor, id, body.Digest, body.ArchivedDays, body.JobDays, cancel), cancel))
            .Asks(Capability.ManageServers, "Clean up", "Takes away what is in the plan with that digest, and nothing else.").GivesRun();
        upkeep.MapPost("/servers/{id:guid}/reboot", async (Guid id, Caller caller, RebootServer act, Answers answers, CancellationToken cancel) =>
                await answers.PlayAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageServers, "Reboot", "Waits for running jobs, and until everything is as before.").GivesRun();
        upkeep.MapPost("/servers/{id:guid}/upgrade-agent", async (Guid id, Caller caller, UpgradeAgent act, Answers answers, CancellationToken cancel) =>
                await answers.PlayAsync(caller, await act.RunAsync(caller.Actor, id, cancel), cancel))
            .Asks(Capability.ManageServers, "Upgrade the Agent").GivesRun();
        upkeep.MapPost("/servers/upgrade-agents", async (Caller caller, UpgradeAllAgents act, CancellationToken cancel) => Answers.Value(await act.RunAsync(caller.Actor, cancel), count => new CountModel(count)))
            .Asks(Capability.OperatePortal, "Upgrade all Agents", "One after the other, and no further after the first that fails.").Gives<CountModel>().Refuses();
        upkeep.MapPost("/servers/{id:guid}/take-out", async (Guid id, TakeOutBody body, Caller caller, TakeServerOut act, Answers answers, CancellationToken cancel) =>
                await answers.PlayAsync(caller, await act.RunAsync(caller.Actor, id, body.ConfirmedName, body.StopBenches, cancel), cancel))
            .Asks(Capability.ManageServers, "Take the server out", "Removes everything of the portal's from it; the sites' data stays there.").GivesRun();
        upkeep.MapPost("/servers/{id:guid}/forget", async (Guid id, ConfirmServerBody body, Caller caller, ForgetServer act, CancellationToken cancel) =>
                Answers.Done(await act.RunAsync(caller.Actor, id, body.ConfirmedName, cancel)))
            .Asks(Capability.ManageServers, "Forget the server", "Only one that cannot be reached; it is not touched.").GivesNothing();
    }
}

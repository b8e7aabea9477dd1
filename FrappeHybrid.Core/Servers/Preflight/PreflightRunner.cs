using System.Collections.Concurrent;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Ssh;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Runs the pre-flights that were asked for, several servers at a time. The portal's hosted service calls <see cref="RunAsync"/>.</summary>
public sealed partial class PreflightRunner(
    IDbContextFactory<PortalDb> databases,
    PreflightQueue queue,
    IHostShell shell,
    HostTargets targets,
    ProvisioningOptions options,
    TimeProvider time,
    ILogger<PreflightRunner> logger)
{
    /// <summary>Works until stopped. Begins with what a killed portal left unfinished.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var serverId in await UnfinishedAsync(stop))
            queue.Add(new PreflightRequest(serverId, null));
        var running = new ConcurrentDictionary<Task, byte>();
        try
        {
            await foreach (var request in queue.ReadAllAsync(stop))
            {
                var task = RunGuardedAsync(request, stop);
                running[task] = 0;
                _ = task.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(running.Keys);
        }
    }

    /// <summary>Runs one to its end.</summary>
    public async Task RunOneAsync(PreflightRequest request, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.SingleOrDefaultAsync(each => each.Id == request.ServerId, cancel);
        var report = await db.PreflightReports.SingleOrDefaultAsync(each => each.Id == request.ServerId, cancel);
        if (server is null || report is null)
            return;
        if (request.RowKey is null)
            PreflightChecks.Reset(report, null);
        var writer = new PreflightWriter(db, report, request.RowKey, time);
        try
        {
            await LookAsync(server, writer, cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, server.Id);
            await writer.RefuseAsync(new Error("portal-error", "The portal failed to run the check.", "Try again; if it stays, tell your hosting company: the reason is in the portal's log."), cancel);
        }

        await writer.FinishAsync(cancel);
    }

    private async Task LookAsync(Server server, PreflightWriter writer, CancellationToken cancel)
    {
        var fromHere = PortalLook.TakeAsync(server.Address, server.Domain, writer.Wants(PreflightCheck.Portal), options, time, cancel);
        var target = targets.Of(server);
        var connected = target.IsDone ? await shell.ConnectAsync(target.Value, cancel) : target.Error;
        if (!connected.IsDone)
        {
            await writer.RefuseAsync(connected.Error, cancel);
            await writer.JudgeAsync(PreflightCheck.Portal, (await fromHere).Apply(new PreflightFacts(options) { Address = server.Address, Domain = server.Domain }), cancel);
            return;
        }

        await using var session = connected.Value;
        var facts = new PreflightFacts(options)
        {
            User = server.SshUser,
            IsRoot = session.IsRoot,
            ConnectTime = session.ConnectTime,
            Address = server.Address,
            Domain = server.Domain,
        };
        if (await session.CheckRootAsync(cancel) is { } denied)
        {
            await writer.RefuseAsync(denied, cancel, rowKey: "root");
            await writer.JudgeAsync(PreflightCheck.Portal, (await fromHere).Apply(facts), cancel);
            return;
        }

        await writer.JudgeAsync(PreflightCheck.Connection, facts, cancel);
        // The domain is judged with the server's own addresses, which come with the network's facts.
        if (writer.Sections(alsoNetwork: server.Domain.Length > 0) is { Length: > 0 } sections && await ReadFactsAsync(session, sections, facts, writer, cancel) is { } broken)
            await writer.RefuseAsync(broken, cancel);
        await writer.JudgeAsync(PreflightCheck.Portal, (await fromHere).Apply(facts), cancel);
    }

    // One round trip for all of them; each section is judged and stored as soon as it is complete.
    private async Task<Error?> ReadFactsAsync(HostSession session, string sections, PreflightFacts facts, PreflightWriter writer, CancellationToken cancel)
    {
        var lines = new LineChannel();
        var (registryHost, registryPort) = RegistryAddress.Of(options);
        var command = RemoteScript.Command(
            ScriptTexts.Preflight,
            [("SECTIONS", sections), ("REGISTRY_HOST", registryHost), ("REGISTRY_PORT", registryPort)],
            lines.Add,
            options.PreflightTimeout);
        var running = RunAndEndAsync(session, command, lines, cancel);
        await foreach (var line in lines.ReadAllAsync(cancel))
        {
            if (line.StartsWith("time=", StringComparison.Ordinal))
                facts.Now = time.GetUtcNow();
            if (line.StartsWith("== ", StringComparison.Ordinal))
                await writer.JudgeAsync(line[3..], facts, cancel);
            else
                facts.Add(line);
        }

        var outcome = await running;
        if (outcome.ConnectionError is not null)
            return outcome.ConnectionError;
        return outcome.ExitCode == 0
            ? null
            : new Error("preflight-stopped", "The checks stopped half-way on the server.", "Try again.", CleanText.OfBlock(outcome.ErrorOutput, 2000));
    }

    private static async Task<HostOutcome> RunAndEndAsync(HostSession session, HostCommand command, LineChannel lines, CancellationToken cancel)
    {
        try
        {
            return await session.RunAsync(command, cancel);
        }
        finally
        {
            lines.End();
        }
    }

    private async Task<List<Guid>> UnfinishedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.PreflightReports.Where(report => report.FinishedAt == null).Select(report => report.Id).ToListAsync(cancel);
    }

    private async Task RunGuardedAsync(PreflightRequest request, CancellationToken stop)
    {
        try
        {
            await RunOneAsync(request, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The report stays unfinished; the next portal takes it up.
        }
        catch (Exception exception)
        {
            // The row itself could not be written. One server's trouble must not end the runner.
            LogFailed(exception, request.ServerId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The pre-flight of server {ServerId} failed")]
    private partial void LogFailed(Exception exception, Guid serverId);
}

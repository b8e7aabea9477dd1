using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>
/// One archive that tells whoever helps what happened to a job: its row, steps and output, its error, and what the server says now. The request is not in it; output and
/// logs have lost their secrets on the server already.
/// </summary>
public sealed class SupportBundle(IDbContextFactory<PortalDb> databases, AgentClient agents, TimeProvider time)
{
    private const string LeftOut = "Left out: whoever fetched this bundle does not see all of the server.";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>
    /// Writes the archive (zip) and the activity; the file's name, or why there is none. Whoever may see the job may have it: with what the services said when that person
    /// may read logs there, and with the Agent's log and the server's state when that person sees the whole server.
    /// </summary>
    public async Task<Result<string>> WriteAsync(Actor actor, Guid jobId, string portalVersion, Stream target, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.Jobs.AsNoTracking().Include(each => each.Steps).VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == jobId, cancel);
        if (job is null)
            return Error.NotFound;
        if (!job.HasEnded)
            return new Error("job-not-ended", "The job has not ended yet.", "The bundle is made once it has.");
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == job.ServerId, cancel);
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == job.BenchId, cancel);
        var (readsLogs, readsServer) = (actor.May(Capability.WatchConsoles, job.Place), actor.May(Capability.WatchConsoles, server.Place) && actor.MaySeeAllOf(server.Place));
        var evidence = readsLogs ? await EvidenceAsync(server, job, bench?.Name, cancel) : new Error("forbidden", "whoever fetched this bundle may not read logs there.");

        await using (var archive = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel))
        {
            await AddAsync(archive, "job.json", JsonSerializer.Serialize(Describe(job, server, bench?.Name, portalVersion), Readable), cancel);
            if (job.ErrorRaw is { } raw)
                await AddAsync(archive, "error-output.txt", raw, cancel);
            foreach (var step in job.Steps.OrderBy(step => step.Number))
                await AddOutputAsync(db, archive, job.Id, step, cancel);
            if (readsServer && server.FactsJson is { } facts)
                await AddAsync(archive, "server-as-last-seen.json", facts, cancel);
            if (evidence.IsDone)
            {
                var told = evidence.Value;
                await AddAsync(archive, "server-now.json", readsServer ? JsonSerializer.Serialize(told.Server, Readable) : LeftOut, cancel);
                await AddAsync(archive, "agent-log.txt", readsServer ? told.Log : LeftOut, cancel);
                foreach (var service in told.Services)
                    await AddAsync(archive, $"services/{service.Service}.txt", $"state: {service.State}\n\n{service.Output}", cancel);
            }
            else
            {
                await AddAsync(archive, "server-now.txt", $"The server was not asked: {evidence.Error.Message}", cancel);
            }
        }

        db.Activity.Add(ActivityEntry.Of(time, actor, job.Place, "download-support-bundle", $"Downloaded the support bundle of {job.Title} of {job.Subject}", job.Id));
        await db.SaveChangesAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture, $"support-{job.Type}-{job.Subject}-{job.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}.zip");
    }

    /// <summary>A server that does not answer is no reason to have no bundle.</summary>
    private async Task<Result<JobEvidence>> EvidenceAsync(Server server, Job job, BenchName? bench, CancellationToken cancel)
    {
        try
        {
            return server.AgentFingerprint is null ? new Error("server-without-agent", "it has no Agent.") : await agents.EvidenceAsync(server, job.Id, bench, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }

    private static object Describe(Job job, Server server, BenchName? bench, string portalVersion) => new
    {
        job.Id,
        job.Type,
        job.Title,
        job.Subject,
        State = job.State.ToString(),
        job.RetryOf,
        job.CreatedAt,
        job.StartedAt,
        job.FinishedAt,
        job.DeliveryAttempts,
        Error = job.Error is { } error ? new { error.Code, error.Message, error.Advice } : null,
        Steps = job.Steps.OrderBy(step => step.Number).Select(step => new { step.Key, State = step.State.ToString(), step.StartedAt, step.FinishedAt, step.Progress, step.Summary }),
        Server = server.Name,
        Bench = bench?.Value,
        server.AgentVersion,
        PortalVersion = portalVersion,
    };

    private static async Task AddOutputAsync(PortalDb db, ZipArchive archive, Guid jobId, JobStep step, CancellationToken cancel)
    {
        var pieces = db.RunOutputs.AsNoTracking().Where(output => output.RunId == jobId && output.StepKey == step.Key).OrderBy(output => output.Id).Select(output => output.Text);
        if (!await pieces.AnyAsync(cancel))
            return;
        var entry = archive.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"output/{step.Number:00}-{step.Key}.txt"));
        await using var writer = new StreamWriter(await entry.OpenAsync(cancel));
        await foreach (var text in pieces.AsAsyncEnumerable().WithCancellation(cancel))
            await writer.WriteAsync(text.AsMemory(), cancel);
    }

    private static async Task AddAsync(ZipArchive archive, string name, string text, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(await archive.CreateEntry(name).OpenAsync(cancel));
        await writer.WriteAsync(text.AsMemory(), cancel);
    }
}

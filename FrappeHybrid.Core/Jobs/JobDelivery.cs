using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Does the next thing for one server: hands over a job, or a request to cancel. The jobs' rows say what is next, so that a restart forgets nothing.</summary>
public sealed class JobDelivery(IDbContextFactory<PortalDb> databases, JobUpdates updates, AgentClient agents, SecretVault vault, TimeProvider time, ILogger<JobDelivery> logger)
{
    /// <summary>After this a job that the Agent never took is given up.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Servers for which there is something to send, now or later.</summary>
    public async Task<IReadOnlyList<Guid>> ServersAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Waiting(db.Jobs).Select(job => job.ServerId).Distinct().ToListAsync(cancel);
    }

    /// <summary>Does one thing if one is due. When to come back: zero for at once, null when there is nothing to send.</summary>
    public async Task<TimeSpan?> NextAsync(Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await Waiting(db.Jobs.AsNoTracking().Where(job => job.ServerId == serverId))
            .OrderBy(job => job.CreatedAt)
            .Select(job => new { job.Id, job.State, job.NextDeliveryAt })
            .ToListAsync(cancel);
        // While a play is at work on the server, jobs wait for its end, which rings; only what runs already may be cancelled.
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == serverId, cancel);
        if (server.State is ServerState.Maintenance)
            waiting.RemoveAll(job => job.State is RunState.Undelivered);
        if (waiting.Count == 0)
            return null;
        var now = time.GetUtcNow();
        var due = waiting.Find(job => job.NextDeliveryAt is null || job.NextDeliveryAt <= now);
        if (due is null)
            return waiting.Min(job => job.NextDeliveryAt!.Value) - now;

        if (due.State is RunState.Undelivered)
            await DeliverAsync(server, due.Id, cancel);
        else if (due.State is RunState.DeliveryFailure)
            await VoidAsync(server, due.Id, cancel);
        else
            await CancelAsync(server, due.Id, cancel);
        return TimeSpan.Zero;
    }

    private static IQueryable<Job> Waiting(IQueryable<Job> jobs) => jobs.Where(job =>
        job.State == RunState.Undelivered
        || (job.State == RunState.DeliveryFailure && job.MayBeDelivered && !job.CancelDelivered)
        || (job.CancelRequested && !job.CancelDelivered && (job.State == RunState.Pending || job.State == RunState.Running)));

    private async Task DeliverAsync(Server server, Guid jobId, CancellationToken cancel)
    {
        if (await BeginAsync(jobId, cancel) is not { } attempt)
            return;
        if (server.State is ServerState.Archived || server.AgentFingerprint is null)
        {
            var gone = new Error("server-without-agent", $"The server {server.Name} has no Agent.", "Set the server up first.");
            await updates.RunAsync(jobId, job => EndUndelivered(job, RunState.DeliveryFailure, gone), cancel);
            return;
        }

        try
        {
            var snapshot = attempt.CancelRequested
                ? await agents.VoidJobAsync(server, jobId, cancel)
                : await agents.SubmitAsync(server, jobId, attempt.Path, vault.Open(JobFactory.RequestPurpose, attempt.SecretProtected ?? ""), cancel);
            await updates.RunAsync(jobId, job => Accept(job, snapshot), cancel);
        }
        catch (CryptographicException exception)
        {
            logger.LogError(exception, "The request of job {Job} cannot be decrypted", jobId);
            var lost = new Error("request-unreadable", "The portal can no longer read this job's request: its key ring is another.", "Create it again.");
            await updates.RunAsync(jobId, job => EndUndelivered(job, RunState.DeliveryFailure, lost), cancel);
        }
        catch (AgentException exception)
        {
            logger.LogInformation("Job {Job} was not taken by server {Server}: {Code}", jobId, server.Id, exception.Error.Code);
            await updates.RunAsync(jobId, job => Refuse(job, attempt, exception), cancel);
            if (exception.Trouble is AgentTrouble.NotSent or AgentTrouble.Uncertain)
                await HoldOthersAsync(server.Id, jobId, cancel);
        }
    }

    // Written before the request leaves, so that whoever cancels meanwhile, or a portal that is killed here, knows that the Agent may have the job.
    private async Task<Job?> BeginAsync(Guid jobId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.Jobs.SingleOrDefaultAsync(each => each.Id == jobId, cancel);
        if (job is not { State: RunState.Undelivered })
            return null;
        var before = job.MayBeDelivered;
        job.MayBeDelivered = true;
        job.DeliveryAttempts++;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null; // somebody changed it: the next look decides anew
        }

        job.MayBeDelivered = before; // what the caller must know: was it uncertain before this try
        return job;
    }

    private void Accept(Job job, JobSnapshot? snapshot)
    {
        if (snapshot is null)
            EndUndelivered(job, RunState.Cancelled, null); // cancelled before the Agent had it
        else if (snapshot.Id == job.Id)
            job.Apply(snapshot);
        else
            throw new AgentException(new Error("agent-answer", "The Agent answered with another job."), AgentTrouble.Uncertain);
    }

    private void Refuse(Job job, Job attempt, AgentException exception)
    {
        if (job.State is not RunState.Undelivered)
            return; // the feed was quicker: the Agent has it
        if (exception.Trouble is AgentTrouble.NotSent && !attempt.MayBeDelivered)
            job.MayBeDelivered = false;
        if (exception.Trouble is AgentTrouble.Refused or AgentTrouble.Missing)
        {
            EndUndelivered(job, RunState.DeliveryFailure, exception.Error);
        }
        else if (job.CancelRequested && !job.MayBeDelivered)
        {
            EndUndelivered(job, RunState.Cancelled, null);
        }
        else if (time.GetUtcNow() - job.CreatedAt >= GiveUpAfter)
        {
            var error = new Error("delivery-given-up", $"The portal gave up after {job.DeliveryAttempts} tries in {GiveUpAfter.TotalHours:0} hours: {exception.Error.Message}", exception.Error.Advice, exception.Error.Raw);
            EndUndelivered(job, RunState.DeliveryFailure, error);
        }
        else
        {
            job.Postpone(time.GetUtcNow() + Backoff.After(job.DeliveryAttempts, FirstWait, LongestWait), exception.Error);
        }
    }

    private void EndUndelivered(Job job, RunState state, Error? error)
    {
        if (job.State is RunState.Undelivered)
            job.End(state, error, time.GetUtcNow());
    }

    // The breaker: after a failed connection the server's other jobs wait too instead of running into the same wall one after the other.
    private async Task HoldOthersAsync(Guid serverId, Guid jobId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var until = await db.Jobs.Where(job => job.Id == jobId && job.State == RunState.Undelivered).Select(job => job.NextDeliveryAt).SingleOrDefaultAsync(cancel);
        if (until is null)
            return;
        await db.Jobs
            .Where(job => job.ServerId == serverId && job.Id != jobId && job.State == RunState.Undelivered && (job.NextDeliveryAt == null || job.NextDeliveryAt < until))
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.NextDeliveryAt, until), cancel);
    }

    // Given up while it was uncertain whether a request had arrived: what we have called failed must not run later, when the Agent is back.
    private async Task VoidAsync(Server server, Guid jobId, CancellationToken cancel)
    {
        try
        {
            if (server.State is not ServerState.Archived && server.AgentFingerprint is not null)
                await agents.VoidJobAsync(server, jobId, cancel);
            await updates.RunAsync(jobId, job => job.CancelDelivered = true, cancel);
        }
        catch (AgentException exception) when (exception.Trouble is AgentTrouble.Refused or AgentTrouble.Missing)
        {
            logger.LogWarning("The Agent of server {Server} refused to void job {Job}: {Code}", server.Id, jobId, exception.Error.Code);
            await updates.RunAsync(jobId, job => job.CancelDelivered = true, cancel);
        }
        catch (AgentException exception)
        {
            logger.LogInformation("Job {Job}, which was given up, could not be voided on server {Server} yet: {Code}", jobId, server.Id, exception.Error.Code);
            await updates.RunAsync(jobId, job => job.NextDeliveryAt = time.GetUtcNow() + LongestWait, cancel);
        }
    }

    private async Task CancelAsync(Server server, Guid jobId, CancellationToken cancel)
    {
        try
        {
            await agents.CancelJobAsync(server, jobId, cancel);
            await updates.RunAsync(jobId, job => job.CancelDelivered = true, cancel);
        }
        catch (AgentException exception) when (exception.Trouble is AgentTrouble.Refused)
        {
            // It has ended meanwhile; the feed tells how.
            await updates.RunAsync(jobId, job => job.CancelDelivered = true, cancel);
        }
        catch (AgentException exception) when (exception.Trouble is AgentTrouble.Missing)
        {
            await updates.RunAsync(jobId, job => job.Lose(time.GetUtcNow()), cancel);
        }
        catch (AgentException exception)
        {
            logger.LogInformation("The cancel of job {Job} did not reach server {Server}: {Code}", jobId, server.Id, exception.Error.Code);
            await updates.RunAsync(jobId, job => job.NextDeliveryAt = time.GetUtcNow() + Backoff.After(3, FirstWait, LongestWait), cancel);
        }
    }
}

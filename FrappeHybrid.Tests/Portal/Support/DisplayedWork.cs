using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>Plays the jobs that somebody orders at the portal on display, a little with each call, so that their progress can be looked at; a terminal that is opened shows something.</summary>
internal sealed class DisplayedWork(TestPortal portal)
{
    private const int TicksPerStep = 5;
    private readonly Dictionary<Guid, (JobType Type, DateTimeOffset At, int Tick)> jobs = [];

    public async Task GoOnAsync()
    {
        while (portal.Agent.Submissions.TryDequeue(out var submission))
        {
            await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var type = await db.Jobs.Where(job => job.Id == submission.Key).Select(job => job.Type).SingleAsync();
            jobs[submission.Key] = (JobTypes.Find(type)!, TimeProvider.System.GetUtcNow(), 0);
        }

        while (portal.Agent.Terminals.Reader.TryRead(out var shell))
        {
            foreach (var text in TerminalSeed.Shown.SkipLast(1))
                await shell.PrintAsync(text);
        }

        foreach (var (id, (type, at, tick)) in jobs.ToList())
        {
            var here = tick / TicksPerStep;
            var isDone = here >= type.Steps.Count;
            if (!isDone)
                portal.Agent.TellOutput(id, type.Steps[here].Key, $"{type.Steps[here].Title}: line {tick % TicksPerStep + 1}\n");
            portal.Agent.Tell(new JobSnapshot(
                id, type.Key, isDone ? JobState.Success : JobState.Running, at, at, isDone ? TimeProvider.System.GetUtcNow() : null, [.. type.Steps.Select((step, index) => Step(step, index, here, at, tick))], null, null, 0));
            if (isDone)
                jobs.Remove(id);
            else
                jobs[id] = (type, at, tick + 1);
        }
    }

    private static StepSnapshot Step(StepDeclaration step, int index, int here, DateTimeOffset at, int tick) => new(
        step.Key,
        index < here ? StepState.Success : index == here ? StepState.Running : StepState.Pending,
        index <= here ? at.AddSeconds(index * 2) : null,
        index < here ? at.AddSeconds(index * 2 + 2) : null,
        index == here ? tick % TicksPerStep * 100 / TicksPerStep : null,
        null);
}

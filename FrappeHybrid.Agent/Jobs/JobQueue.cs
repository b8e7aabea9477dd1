namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// Jobs that have not ended, in the order in which they came. A job runs when nothing before it, and nothing that runs, stands in its way; so jobs at
/// one lock run first come, first served, and jobs at different locks do not know each other. Not safe for several threads: the engine holds its lock.
/// </summary>
internal sealed class JobQueue(int parallel)
{
    private readonly List<QueuedJob> jobs = [];

    public void Add(QueuedJob job) => jobs.Add(job);

    public void Remove(QueuedJob job) => jobs.Remove(job);

    public QueuedJob? Find(Guid id) => jobs.Find(job => job.Stored.Id == id);

    /// <summary>The jobs that may run now; they count as running from here on.</summary>
    public IReadOnlyList<QueuedJob> TakeStartable()
    {
        var startable = new List<QueuedJob>();
        for (var index = 0; index < jobs.Count; index++)
        {
            if (jobs.Count(job => job.IsRunning) >= parallel)
                break;

            if (jobs[index].IsRunning || Before(index) > 0)
                continue;

            jobs[index].IsRunning = true;
            startable.Add(jobs[index]);
        }

        return startable;
    }

    /// <summary>How many jobs stand before each one that waits; at least 1, because what waits waits for something.</summary>
    public IEnumerable<KeyValuePair<Guid, int>> Positions()
    {
        for (var index = 0; index < jobs.Count; index++)
        {
            if (!jobs[index].IsRunning)
                yield return new KeyValuePair<Guid, int>(jobs[index].Stored.Id, Math.Max(1, Before(index)));
        }
    }

    private int Before(int index)
    {
        var count = 0;
        for (var other = 0; other < jobs.Count; other++)
        {
            if (other != index && (other < index || jobs[other].IsRunning) && jobs[other].IsInTheWayOf(jobs[index]))
                count++;
        }

        return count;
    }
}

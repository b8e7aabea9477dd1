namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// Jobs that have not ended, in the order in which they came. A job runs when nothing before it, and nothing that runs, stands in its way; so jobs at
/// one lock run first come, first served, and jobs at different locks do not know each other. Not safe for several threads: the engine holds its lock.
/// </summary>
internal sealed class JobQueue(int parallel)
{
    private readonly List<QueuedJob> jobs = [];
    private readonly Dictionary<Guid, int> told = [];

    public void Add(QueuedJob job) => jobs.Add(job);

    public void Remove(QueuedJob job)
    {
        jobs.Remove(job);
        told.Remove(job.Stored.Id);
    }

    public QueuedJob? Find(Guid id) => jobs.Find(job => job.Stored.Id == id);

    /// <summary>The jobs that may run now; they count as running from here on.</summary>
    public IReadOnlyList<QueuedJob> TakeStartable()
    {
        var startable = new List<QueuedJob>();
        var lines = Lines();
        var running = jobs.Count(job => job.IsRunning);
        for (var index = 0; index < jobs.Count && running < parallel; index++)
        {
            if (jobs[index].IsRunning || Before(index, lines) > 0)
                continue;

            jobs[index].IsRunning = true;
            running++;
            startable.Add(jobs[index]);
        }

        return startable;
    }

    /// <summary>How many jobs stand before each one that waits; at least 1, because what waits waits for something.</summary>
    public IEnumerable<KeyValuePair<Guid, int>> Positions()
    {
        var lines = Lines();
        for (var index = 0; index < jobs.Count; index++)
        {
            if (!jobs[index].IsRunning)
                yield return new KeyValuePair<Guid, int>(jobs[index].Stored.Id, Math.Max(1, Before(index, lines)));
        }
    }

    /// <summary>Those whose place is another than when this was last asked.</summary>
    public IReadOnlyList<KeyValuePair<Guid, int>> TakeMoved()
    {
        var moved = Positions().Where(place => !told.TryGetValue(place.Key, out var before) || before != place.Value).ToList();
        foreach (var (id, position) in moved)
            told[id] = position;

        return moved;
    }

    /// <summary>Who wants each thing, by its name: hundreds of jobs of one bench share it, and only who wants a thing alone is in another's way there.</summary>
    private Dictionary<string, Line> Lines()
    {
        var lines = new Dictionary<string, Line>(StringComparer.Ordinal);
        for (var index = 0; index < jobs.Count; index++)
        {
            foreach (var wanted in jobs[index].Locks)
            {
                if (!lines.TryGetValue(wanted.Key, out var line))
                    lines[wanted.Key] = line = new Line([], []);

                line.All.Add(index);
                if (wanted.Alone)
                    line.Alone.Add(index);
            }
        }

        return lines;
    }

    private int Before(int index, Dictionary<string, Line> lines)
    {
        HashSet<int>? before = null;
        foreach (var wanted in jobs[index].Locks)
        {
            foreach (var other in wanted.Alone ? lines[wanted.Key].All : lines[wanted.Key].Alone)
            {
                if (other < index || (other > index && jobs[other].IsRunning))
                    (before ??= []).Add(other);
            }
        }

        return before?.Count ?? 0;
    }

    private sealed record Line(List<int> All, List<int> Alone);
}

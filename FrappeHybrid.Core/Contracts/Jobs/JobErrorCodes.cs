namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Stable codes of <see cref="JobError"/>.</summary>
public static class JobErrorCodes
{
    /// <summary>The Agent was ended while the job ran.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Ended on request.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Ran longer than its type allows.</summary>
    public const string TimeLimit = "time-limit";

    /// <summary>A bench of this name is there.</summary>
    public const string BenchExists = "bench-exists";

    /// <summary>No such bench.</summary>
    public const string BenchNotFound = "bench-not-found";

    /// <summary>A site of this name is on the server.</summary>
    public const string SiteExists = "site-exists";

    /// <summary>The bench's image lacks the app.</summary>
    public const string AppNotInBench = "app-not-in-bench";

    /// <summary>The image could not be pulled: not found.</summary>
    public const string ImageNotFound = "image-not-found";

    /// <summary>The registry refused the sign-in.</summary>
    public const string RegistryRefused = "registry-refused";

    /// <summary>The registry could not be reached.</summary>
    public const string RegistryUnreachable = "registry-unreachable";

    /// <summary>The Docker engine does not answer.</summary>
    public const string EngineUnavailable = "engine-unavailable";

    /// <summary>A container ended by itself.</summary>
    public const string ServiceStopped = "service-stopped";

    /// <summary>It did not answer in time.</summary>
    public const string NotReady = "not-ready";

    /// <summary>MariaDB refused the password (1045).</summary>
    public const string DatabaseRefused = "database-refused";

    /// <summary>MariaDB does not answer (2003, 2005).</summary>
    public const string DatabaseUnreachable = "database-unreachable";

    /// <summary>No space left on device.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>Killed for lack of memory (137).</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>nginx refused the new configuration; the old one is in force.</summary>
    public const string NginxRefused = "nginx-refused";

    /// <summary>A `bench` command failed in a way that no pattern explains.</summary>
    public const string CommandFailed = "command-failed";

    /// <summary>A fault of ours.</summary>
    public const string Unexpected = "unexpected";
}

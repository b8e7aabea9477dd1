namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Stable codes of <see cref="JobError"/>.</summary>
public static class JobErrorCodes
{
    /// <summary>An update or migration failed and was taken back: the site serves as before it.</summary>
    public const string UpdateRecovered = "update-recovered";

    /// <summary>An update or migration failed, and taking it back failed too: the site is not served; the copies of its tables are kept.</summary>
    public const string UpdateFatal = "update-fatal";

    /// <summary>The other bench is not newer than the site's.</summary>
    public const string NotNewer = "not-newer";

    /// <summary>Background jobs of the site did not end in time.</summary>
    public const string BackgroundJobsRunning = "background-jobs-running";

    /// <summary>An earlier update of the site was not taken back yet.</summary>
    public const string RecoveryNeeded = "recovery-needed";

    /// <summary>The bench has no such site.</summary>
    public const string SiteNotFound = "site-not-found";

    /// <summary>The site's site_config.json cannot be read.</summary>
    public const string SiteConfigInvalid = "site-config-invalid";

    /// <summary>There is no such backup, or no such upload, on the server.</summary>
    public const string BackupNotFound = "backup-not-found";

    /// <summary>A file is not the backup that it should be: cut off, of another kind, or with contents that must not be unpacked.</summary>
    public const string BackupInvalid = "backup-invalid";

    /// <summary>What was archived of a site is not on the server, or not whole.</summary>
    public const string ArchiveNotFound = "archive-not-found";

    /// <summary>The site's configuration is not the one that the change was made on.</summary>
    public const string ConfigChanged = "config-changed";

    /// <summary>The site has the app already.</summary>
    public const string AppInstalled = "app-installed";

    /// <summary>The site does not have the app.</summary>
    public const string AppNotInstalled = "app-not-installed";

    /// <summary>Another site of the server has the domain.</summary>
    public const string DomainTaken = "domain-taken";

    /// <summary>Background jobs of the site did not end in time.</summary>
    public const string JobsPending = "jobs-pending";

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

    /// <summary>The bench still has sites.</summary>
    public const string BenchHasSites = "bench-has-sites";

    /// <summary>A limit is below what the service uses now, or above what the server has.</summary>
    public const string LimitUnfit = "limit-unfit";

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

    /// <summary>A file belongs to somebody else, or the disk is read-only.</summary>
    public const string PermissionDenied = "permission-denied";

    /// <summary>MariaDB had no connection, no time or no lock for it (1040, 1205, 1213, 1969).</summary>
    public const string DatabaseBusy = "database-busy";

    /// <summary>A row is larger than max_allowed_packet (1153).</summary>
    public const string PacketTooLarge = "packet-too-large";

    /// <summary>A table has too many columns (1118).</summary>
    public const string RowTooLarge = "row-too-large";

    /// <summary>A table is damaged or missing (1034, 1146).</summary>
    public const string DatabaseDamaged = "database-damaged";

    /// <summary>The data or the columns are not as the code wants them (1054, 1060, 1062, 1406).</summary>
    public const string SchemaMismatch = "schema-mismatch";

    /// <summary>A patch of a migration failed.</summary>
    public const string PatchFailed = "patch-failed";

    /// <summary>Apps of the release do not fit each other.</summary>
    public const string AppIncompatible = "app-incompatible";

    /// <summary>Another command or background jobs are at work on the site.</summary>
    public const string SiteBusy = "site-busy";

    /// <summary>A backup is cut off, missing, or not a backup.</summary>
    public const string BackupDamaged = "backup-damaged";

    /// <summary>A backup comes from a newer version than the bench has.</summary>
    public const string BackupNewer = "backup-newer";

    /// <summary>The encryption_key does not open the stored passwords.</summary>
    public const string EncryptionKeyWrong = "encryption-key-wrong";

    /// <summary>A `bench` command failed in a way that no pattern explains.</summary>
    public const string CommandFailed = "command-failed";

    /// <summary>What was shown to a person is no longer what would be done.</summary>
    public const string PlanChanged = "plan-changed";

    /// <summary>A fault of ours.</summary>
    public const string Unexpected = "unexpected";
}

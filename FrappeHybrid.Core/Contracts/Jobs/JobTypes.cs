namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Every job type that Portal and Agent know, with its steps.</summary>
public static class JobTypes
{
    /// <summary>Creates a bench from a release.</summary>
    public static readonly JobType NewBench = new(
        "new-bench",
        "New Bench",
        [
            NewBenchSteps.Check,
            NewBenchSteps.PullImage,
            NewBenchSteps.CreateFolders,
            NewBenchSteps.Configure,
            NewBenchSteps.CreateNetwork,
            NewBenchSteps.StartServices,
            NewBenchSteps.WaitUntilReady,
        ],
        TimeSpan.FromMinutes(60),
        HoldsSecret: true);

    /// <summary>Creates a site in a bench.</summary>
    public static readonly JobType NewSite = new(
        "new-site",
        "New Site",
        [
            NewSiteSteps.Check,
            NewSiteSteps.CreateDatabaseUser,
            NewSiteSteps.CreateSite,
            NewSiteSteps.InstallApps,
            NewSiteSteps.EnableScheduler,
            NewSiteSteps.AddToNginx,
            NewSiteSteps.WaitUntilReady,
        ],
        TimeSpan.FromMinutes(60),
        HoldsSecret: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } =
    [
        NewBench, NewSite, .. BackupJobTypes.All, .. RestoreJobTypes.All, .. UpdateJobTypes.All, .. SiteJobTypes.All, .. BenchJobTypes.All, .. ServerJobTypes.All,
    ];

    /// <summary>The type with this key, or null when neither side knows it.</summary>
    public static JobType? Find(string key) => All.FirstOrDefault(type => type.Key == key);
}

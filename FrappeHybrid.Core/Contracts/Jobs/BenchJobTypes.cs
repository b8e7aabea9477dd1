namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Everyday work on a bench.</summary>
public static class BenchJobTypes
{
    /// <summary>Starts all services of a bench again, or some of them.</summary>
    public static readonly JobType Restart = new(
        "restart-bench", "Restart Bench", [RestartBenchSteps.Check, RestartBenchSteps.Restart, RestartBenchSteps.WaitUntilReady], TimeSpan.FromMinutes(15));

    /// <summary>Memory and processors of its containers, without a restart.</summary>
    public static readonly JobType ChangeLimits = new(
        "change-bench-limits",
        "Change Bench Limits",
        [ChangeBenchLimitsSteps.Check, ChangeBenchLimitsSteps.Apply, ChangeBenchLimitsSteps.Keep, ChangeBenchLimitsSteps.WaitUntilReady],
        TimeSpan.FromMinutes(10));

    /// <summary>How many processes serve it: its containers are made anew.</summary>
    public static readonly JobType ChangeWorkers = new(
        "change-bench-workers", "Change Bench Workers", [RecreateBenchSteps.Check, RecreateBenchSteps.Recreate, RecreateBenchSteps.WaitUntilReady], TimeSpan.FromMinutes(15));

    /// <summary>Its environment variables: its containers are made anew.</summary>
    public static readonly JobType ChangeEnvironment = new(
        "change-bench-environment",
        "Change Bench Environment",
        [RecreateBenchSteps.Check, RecreateBenchSteps.Recreate, RecreateBenchSteps.WaitUntilReady],
        TimeSpan.FromMinutes(15),
        HoldsSecret: true);

    /// <summary>Takes a bench without sites off the server; its folder goes to the archive.</summary>
    public static readonly JobType Archive = new(
        "archive-bench",
        "Archive Bench",
        [ArchiveBenchSteps.Check, ArchiveBenchSteps.RemoveFromNginx, ArchiveBenchSteps.RemoveContainers, ArchiveBenchSteps.MoveFolder],
        TimeSpan.FromMinutes(15));

    /// <summary>Brings a release's image to a server: a test of the release, and a bench is then made without waiting for it.</summary>
    public static readonly JobType PullImage = new(
        "pull-image", "Pull Image", [PullImageSteps.Check, PullImageSteps.Pull, PullImageSteps.LookInside], TimeSpan.FromMinutes(60), HoldsSecret: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } = [Restart, ChangeLimits, ChangeWorkers, ChangeEnvironment, Archive, PullImage];
}

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Work on the server itself.</summary>
public static class ServerJobTypes
{
    /// <summary>Takes away what is ours and no longer needed.</summary>
    public static readonly JobType CleanUp = new(
        "clean-up-server",
        "Clean Up",
        [CleanUpSteps.Check, CleanUpSteps.RemoveObjects, CleanUpSteps.RemoveImages, CleanUpSteps.RemoveArchived, CleanUpSteps.RemoveJobHistory],
        TimeSpan.FromMinutes(60));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JobType> All { get; } = [CleanUp];
}

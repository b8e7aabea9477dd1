namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Clean Up".</summary>
public static class CleanUpSteps
{
    /// <summary>Looks again at everything; the plan must be the one that was shown.</summary>
    public static readonly StepDeclaration Check = new("check", "Check that nothing has changed");

    /// <summary>Containers, then networks and volumes of benches that are gone.</summary>
    public static readonly StepDeclaration RemoveObjects = new("remove-objects", "Take away containers, networks and volumes");

    /// <summary>Images that nothing uses.</summary>
    public static readonly StepDeclaration RemoveImages = new("remove-images", "Take away images");

    /// <summary>Old archived folders.</summary>
    public static readonly StepDeclaration RemoveArchived = new("remove-archived", "Take away old archives");

    /// <summary>The history of old jobs.</summary>
    public static readonly StepDeclaration RemoveJobHistory = new("remove-job-history", "Take away old job output");
}

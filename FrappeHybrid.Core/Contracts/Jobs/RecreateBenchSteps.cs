namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of the jobs that make some of a bench's containers anew: "Change Bench Workers" and "Change Bench Environment".</summary>
public static class RecreateBenchSteps
{
    /// <summary>The bench is there, and what is asked for fits.</summary>
    public static readonly StepDeclaration Check = new("check", "Check the bench");

    /// <summary>Containers made anew, one after the other; what was before is kept for the way back.</summary>
    public static readonly StepDeclaration Recreate = new("recreate", "Make containers anew");

    /// <summary>The bench answers with them.</summary>
    public static readonly StepDeclaration WaitUntilReady = new("wait-until-ready", "Wait until it answers");
}

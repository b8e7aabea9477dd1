namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Restart Bench".</summary>
public static class RestartBenchSteps
{
    /// <summary>The bench is there with all the containers that are meant.</summary>
    public static readonly StepDeclaration Check = new("check", "Check the bench");

    /// <summary>In the order in which visitors notice least.</summary>
    public static readonly StepDeclaration Restart = new("restart", "Restart services");

    /// <summary>Those that were started again run and answer.</summary>
    public static readonly StepDeclaration WaitUntilReady = new("wait-until-ready", "Wait until it answers");
}

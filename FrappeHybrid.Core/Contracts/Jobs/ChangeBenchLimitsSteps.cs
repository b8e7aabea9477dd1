namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Change Bench Limits".</summary>
public static class ChangeBenchLimitsSteps
{
    /// <summary>No service uses more than it would be given, and the server has as many processors.</summary>
    public static readonly StepDeclaration Check = new("check", "Check what the services use");

    /// <summary>The running containers get them; nothing is restarted.</summary>
    public static readonly StepDeclaration Apply = new("apply", "Apply limits");

    /// <summary>bench.json holds them, so that containers made anew have them too.</summary>
    public static readonly StepDeclaration Keep = new("keep", "Write configuration");

    /// <summary>The bench answers as before.</summary>
    public static readonly StepDeclaration WaitUntilReady = new("wait-until-ready", "Wait until it answers");
}

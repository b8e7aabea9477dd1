namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "New Bench".</summary>
public static class NewBenchSteps
{
    /// <summary>The name is free, the engine answers, memory and disk suffice.</summary>
    public static readonly StepDeclaration Check = new("check", "Check the server");

    /// <summary>The release's image and the Redis image are on the server.</summary>
    public static readonly StepDeclaration PullImage = new("pull-image", "Pull image");

    /// <summary>The bench's folders, owned by frappe.</summary>
    public static readonly StepDeclaration CreateFolders = new("create-folders", "Create folders");

    /// <summary>apps.txt, common_site_config.json and bench.json.</summary>
    public static readonly StepDeclaration Configure = new("configure", "Write configuration");

    /// <summary>The bench's own network.</summary>
    public static readonly StepDeclaration CreateNetwork = new("create-network", "Create network");

    /// <summary>All eight containers.</summary>
    public static readonly StepDeclaration StartServices = new("start-services", "Start services");

    /// <summary>The frontend answers and every service runs.</summary>
    public static readonly StepDeclaration WaitUntilReady = new("wait-until-ready", "Wait until it answers");
}

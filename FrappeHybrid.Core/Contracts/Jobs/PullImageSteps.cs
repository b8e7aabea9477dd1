namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Pull Image".</summary>
public static class PullImageSteps
{
    /// <summary>The engine answers and the disk has room.</summary>
    public static readonly StepDeclaration Check = new("check", "Check the server");

    /// <summary>The image is on the server.</summary>
    public static readonly StepDeclaration Pull = new("pull-image", "Pull image");

    /// <summary>It starts, and is built as a bench image is.</summary>
    public static readonly StepDeclaration LookInside = new("look-inside", "Look at its apps");
}

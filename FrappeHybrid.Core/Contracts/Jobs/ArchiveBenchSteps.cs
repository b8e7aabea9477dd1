namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Archive Bench".</summary>
public static class ArchiveBenchSteps
{
    /// <summary>The bench has no site.</summary>
    public static readonly StepDeclaration Check = new("check", "Check that it is empty");

    /// <summary>What nginx still has of it goes.</summary>
    public static readonly StepDeclaration RemoveFromNginx = new("remove-from-nginx", "Remove from nginx");

    /// <summary>All its containers, with their anonymous volumes, and its network.</summary>
    public static readonly StepDeclaration RemoveContainers = new("remove-containers", "Remove containers");

    /// <summary>Its folder is in the archive; its port is free again.</summary>
    public static readonly StepDeclaration MoveFolder = new("move-folder", "Move folder to the archive");
}

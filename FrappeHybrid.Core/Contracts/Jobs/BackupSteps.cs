namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>The steps of "Backup" and of "Keep Uploaded Backup".</summary>
public static class BackupSteps
{
    /// <summary>The site is there, its bench runs, the disk has room.</summary>
    public static readonly StepDeclaration Check = new("check", "Check site and disk");

    /// <summary>Database and files, side by side.</summary>
    public static readonly StepDeclaration Copy = new("copy", "Copy database and files");

    /// <summary>Everything is read again: gzip whole, Frappe header, "-- Dump completed", tars.</summary>
    public static readonly StepDeclaration Verify = new("verify", "Verify");

    /// <summary>On the disk for good, with its record.</summary>
    public static readonly StepDeclaration Keep = new("keep", "Keep");
}

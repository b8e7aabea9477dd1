using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Failures;

/// <summary>What bench and its apps refuse.</summary>
internal static class SiteFailures
{
    /// <summary>For a failure in a patch that no other pattern explains; it bears no sign of its own, because the patch's name is in a line of its own.</summary>
    public static readonly FailurePattern PatchFailed = new(
        "patch-failed", JobErrorCodes.PatchFailed, "A patch failed.", "Try again; if it fails the same way, skip the patch after asking the app's maker what it does, or stay on the release that the site has.");

    public static IReadOnlyList<FailurePattern> All { get; } =
    [
        new("app-missing", JobErrorCodes.AppNotInBench, "The bench's image lacks the app.", "Choose a release that has it.", "Could not find app \"", "No module named '", "App … not in apps.txt"),
        new("app-incompatible", JobErrorCodes.AppIncompatible, "The app does not fit this version of Frappe.", "Choose a release in which both fit.", "is Incompatible with Site"),
        new(
            "import-failed", JobErrorCodes.AppIncompatible, "An app asks for code that this version does not have.", "The app is too new or too old for the other apps of the release: choose one in which they fit.",
            "ImportError: cannot import name", "AttributeError: module '"),
        new("site-exists", JobErrorCodes.SiteExists, "A site of this name is in the bench already.", "Choose another name.", "Site … already exists"),
        new("bench-busy", JobErrorCodes.SiteBusy, "Another bench command is at work on this site.", "Wait until it has ended, and start the job again.", "filelock … Timeout", "file lock … could not be acquired", "LockTimeoutError"),
        new("jobs-pending", JobErrorCodes.SiteBusy, "Background jobs of the site are still at work.", "Wait until they are through, or look at the queue on the bench's page.", "NOT READY for migration"),
        new("site-missing", JobErrorCodes.SiteNotFound, "The site is not there.", "Somebody has removed or renamed its folder; look at the bench's sites.", "Site … does not exist", "IncorrectSitePath"),
        new(
            "backup-cut-off", JobErrorCodes.BackupDamaged, "The backup is cut off.", "It was not copied whole, or the disk was full when it was made. Choose another backup.",
            "unexpected end of file", "Compressed file ended before the end-of-stream", "Unexpected EOF in archive", "zlib.error: Error -5"),
        new(
            "not-a-backup", JobErrorCodes.BackupDamaged, "The file is not a backup of a database.", "Choose the file whose name ends in -database.sql.gz.",
            "BadGzipFile", "not in gzip format", "InvalidDatabaseFile", "is an empty file!", "not found in file."),
        new("not-an-archive", JobErrorCodes.BackupDamaged, "The file is not an archive of files.", "Choose the file whose name ends in -files.tar.", "does not look like a tar archive", "tarfile.ReadError"),
        new("backup-newer", JobErrorCodes.BackupNewer, "The backup comes from a newer version of Frappe than the bench has.", "Restore it into a bench of that version or a later one.", "your backup is … .", "backup is of a newer version"),
        new("backup-file-missing", JobErrorCodes.BackupDamaged, "The backup's file is not there.", "Bench removes backups in its own folder after a day. Choose one of the listed backups.", "File … not found.", "Invalid path"),
        new(
            "encryption-key-wrong", JobErrorCodes.EncryptionKeyWrong, "The site's encryption key does not open its stored passwords.",
            "Put the encryption_key of the site that the backup comes from into the site's configuration.", "Encryption key is invalid", "cryptography.fernet.InvalidToken"),
        new("job-timeout", JobErrorCodes.TimeLimit, "A background job took longer than it may.", "Start it again when the server has less to do.", "JobTimeoutException", "Job exceeded maximum timeout"),
        new("dump-failed", JobErrorCodes.CommandFailed, "The site's database could not be backed up.", "Its database does not answer, or its site_config.json is wrong; the lines before say which.", "Backup failed for Site", "The operation has stopped because backup of"),
        new("input-asked", JobErrorCodes.Unexpected, "The command asked for something that it was not given.", "Tell the operator; this version of bench asks in another way.", "Aborted!", "EOFError: EOF when reading a line"),
        new("usage", JobErrorCodes.CommandFailed, "This version of bench does not know the command.", "The release may be too old or too new for this Agent.", "Error: No such option", "Error: No such command"),
        new("wrong-user", JobErrorCodes.CommandFailed, "Bench ran as a user that it does not like.", "The release's image has to run as user 1000.", "You should not run this command as root"),
    ];
}

using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Failures;

/// <summary>The machine lacks something: the cause of whatever else is said.</summary>
internal static class MachineFailures
{
    public static readonly FailurePattern DiskFull = new(
        "disk-full", JobErrorCodes.DiskFull, "The server's disk is full.", "Free some space, or make the disk larger, and start the job again.",
        ["No space left on device", "errno: 28", "Errcode: 28", "Disk full (", .. FailurePattern.MariaDb(1021)]);

    /// <summary>Exit code 137 says the same without a word.</summary>
    public static readonly FailurePattern OutOfMemory = new(
        "out-of-memory", JobErrorCodes.OutOfMemory, "The command was killed for lack of memory.", "Give the backend a higher memory limit, or the server more memory.",
        "MemoryError", "Cannot allocate memory", "died with <Signals.SIGKILL", "JavaScript heap out of memory");

    public static IReadOnlyList<FailurePattern> All { get; } =
    [
        DiskFull,
        OutOfMemory,
        new(
            "engine-unavailable", JobErrorCodes.EngineUnavailable, "The Docker engine does not answer.", "Look at `systemctl status docker` on the server.",
            "Cannot connect to the Docker daemon", "docker.sock: connect: connection refused", "docker.sock: connect: no such file"),
        new(
            "read-only", JobErrorCodes.PermissionDenied, "The file system is read-only.", "The disk has an error, or is mounted read-only: look at `dmesg` on the server.",
            "Read-only file system", "[Errno 30]"),
        new(
            "too-many-files", JobErrorCodes.CommandFailed, "Too many files are open on the server.", "Restart the bench; raise the limit of open files if it comes back.", "Too many open files", "[Errno 24]"),
        new(
            "permission-denied", JobErrorCodes.PermissionDenied, "A file of the bench belongs to somebody else.",
            "Everything in the bench's folder has to belong to user 1000. `chown -R 1000:1000` on the folder that the output names mends it.",
            "[Errno 13] Permission denied", "Permission denied: '", ": Permission denied"),
    ];
}

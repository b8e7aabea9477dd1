namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Whether the machine is big enough. The limits are the operator's (section "Provisioning").</summary>
internal static class ResourceChecks
{
    // A kernel keeps some memory for itself and a file system some blocks, so that what was sold as 4 GB or 40 GB shows a little less.
    private const double Tolerance = 0.95;

    public static Judgement Processors(PreflightFacts facts)
    {
        if (facts.Number("processors") is not { } found)
            return Judgement.Fail("Unknown", "The server did not say how many it has: log in and try nproc.");
        return found >= facts.Options.MinimumProcessors
            ? Judgement.Pass(Text($"{found}"))
            : Judgement.Fail(Text($"{found}"), Text($"At least {facts.Options.MinimumProcessors} are needed: choose a bigger machine."));
    }

    public static Judgement Memory(PreflightFacts facts)
    {
        if (facts.Number("memory_kb") is not { } kilobytes)
            return Judgement.Fail("Unknown", "The server did not say how much it has: log in and try free -m.");
        var found = Text($"{kilobytes / 1024.0 / 1024.0:0.0} GB");
        // In megabytes of a million bytes, as memory is sold and the limit is meant.
        return kilobytes * 1.024 / 1000 >= facts.Options.MinimumMemoryMegabytes * Tolerance
            ? Judgement.Pass(found)
            : Judgement.Fail(found, Text($"At least {facts.Options.MinimumMemoryMegabytes / 1000.0:0.#} GB are needed: choose a bigger machine."));
    }

    public static Judgement Swap(PreflightFacts facts)
    {
        var memory = facts.Number("memory_kb") ?? 0;
        return facts.Number("swap_kb") switch
        {
            > 0 and var kilobytes => Judgement.Pass(Text($"{kilobytes / 1024.0 / 1024.0:0.0} GB")),
            _ when memory >= 7 * 1024 * 1024 => Judgement.Pass("None; with this much memory none is needed"),
            _ => Judgement.Warn(
                "None",
                "When memory runs short for a moment, the kernel kills a program instead of waiting. To add 2 GB: fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile && echo '/swapfile none swap sw 0 0' >> /etc/fstab"),
        };
    }

    public static Judgement Disk(PreflightFacts facts)
    {
        if (facts.Number("disk_home_kb") is not { } total || facts.Number("disk_home_free_kb") is not { } free)
            return Judgement.Fail("Unknown", "The server did not say how big its disk is: log in and try df -h.");
        var mount = facts.Text("disk_home_mount");
        var found = Text($"{Gigabytes(total):0} GB at {mount}, {Gigabytes(free):0} GB of it free");
        if (Gigabytes(total) < facts.Options.MinimumDiskGigabytes * Tolerance)
            return Judgement.Fail(found, Text($"At least {facts.Options.MinimumDiskGigabytes} GB are needed where /home/frappe will be: choose a bigger disk, or mount one at /home."));
        var dockerFree = Gigabytes(facts.Number("disk_docker_free_kb") ?? free);
        if (Gigabytes(free) < 5 || dockerFree < 10)
            return Judgement.Fail(Text($"{found}; {dockerFree:0} GB free at {facts.Text("disk_docker_mount")} for images"), "At least 5 GB for sites and 10 GB for images must be free: make room (du -xh --max-depth=2 / | sort -h | tail).");
        return dockerFree < 20 && !string.Equals(facts.Text("disk_docker_mount"), mount, StringComparison.Ordinal)
            ? Judgement.Warn(Text($"{found}; {dockerFree:0} GB free at {facts.Text("disk_docker_mount")} for images"), "Images of benches take some 2 GB each: watch this disk.")
            : Judgement.Pass(found);
    }

    // Of a milliard bytes, as disks are sold.
    private static double Gigabytes(long kilobytes) => kilobytes * 1024.0 / 1e9;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

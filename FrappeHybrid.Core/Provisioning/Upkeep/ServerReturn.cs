using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>Waits until a rebooted machine takes SSH again, and has really been started anew.</summary>
internal sealed class ServerReturn(IHostShell shell, HostTargets targets, ProvisioningOptions options, TimeProvider time)
{
    /// <summary>Names the start of the machine: the kernel's own mark, and when its first process began. Constant text; see Scripts/20-boot.sh.</summary>
    private const string Boot = "echo \"$(cat /proc/sys/kernel/random/boot_id) $(cut -d\\  -f22 /proc/1/stat)\"";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Null once it is back.</summary>
    public async Task<Error?> RunAsync(string task, PlayRecorder recorder, CancellationToken cancel)
    {
        await recorder.BeginAndSaveAsync(task, cancel);
        var target = targets.Of(recorder.Server);
        if (!target.IsDone)
            return target.Error;
        var before = recorder.Play.Facts.GetValueOrDefault(RebootKind.BootFact);
        var began = time.GetUtcNow();
        for (var said = ""; ;)
        {
            var (boot, words) = await LookAsync(target.Value, cancel);
            if (boot is not null && boot != before)
                return await recorder.DoneAsync($"The machine answers again, {(time.GetUtcNow() - began).TotalSeconds:0} s after it was told to go.", cancel);
            if (said != words)
                recorder.Say((said = words) + "\n");
            await recorder.SaveAsync(cancel);
            if (time.GetUtcNow() - began >= options.RebootTimeout)
                return new Error(
                    "server-not-back",
                    $"The machine has not come back after {options.RebootTimeout.TotalMinutes:0} minutes: {words}",
                    "Look at its console at the hosting company, and start it there. Then press Retry: it goes on waiting here, and does not reboot again.");
            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task<(string? Boot, string Words)> LookAsync(HostTarget target, CancellationToken cancel)
    {
        var connected = await shell.ConnectAsync(target, cancel);
        if (!connected.IsDone)
            return (null, connected.Error.Message);
        await using var session = connected.Value;
        var outcome = await session.RunAsync(new HostCommand(Boot) { Timeout = options.ConnectTimeout, AsUser = true }, cancel);
        return outcome.IsDone ? (outcome.Output.Trim(), "The machine is still going down.") : (null, outcome.ConnectionError?.Message ?? "The machine answers, but runs nothing yet.");
    }
}

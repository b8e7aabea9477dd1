using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using FrappeHybrid.Tests.Lab;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

/// <summary>Upgrade of the Agent, reboot and taking out, one after the other on one machine of the lab that was set up as a customer's is.</summary>
[Collection(LabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class UpkeepPlayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_upgraded_put_back_rebooted_and_taken_out()
    {
        var lab = LabDescription.Read();
        await using var machine = await LabServer.StartAsync(lab, cancel: Cancel);
        var program = Path.Combine(Directory.CreateTempSubdirectory("agent-program-").FullName, "frappe-hybrid-agent");
        File.Copy(lab.PortalSettings("x")["Portal:AgentProgram"]!, program);
        await using var core = await OnboardingCore.StartAsync(lab, change: settings =>
        {
            settings["Portal:AgentProgram"] = program;
            settings["Provisioning:AgentHealthTimeout"] = "00:00:15";
            settings["Provisioning:AgentAnswerTimeout"] = "00:00:20";
        });
        var id = await core.ConnectedAsync(machine);
        await core.PreflightAsync(id);
        var setUp = await core.SetUpAsync(id);
        Assert.True(setUp.State is RunState.Success, await core.StoryAsync(setUp));
        var first = (await core.ServerAsync(id)).AgentProgram;
        Assert.Equal(await SumAsync(program), first);

        await AssertBrokenAgentsComeBackAsync(core, machine, id, program, first!);
        await AssertUpgradeAsync(core, machine, id, program);
        await AssertRebootAsync(core, machine, id);
        await AssertTakenOutAsync(core, machine, id);
    }

    // One that cannot even run, and one that starts and ends: both leave the old one at work.
    private static async Task AssertBrokenAgentsComeBackAsync(OnboardingCore core, LabServer machine, Guid id, string program, string first)
    {
        var good = await File.ReadAllBytesAsync(program, Cancel);
        await File.WriteAllTextAsync(program, "not a program", Cancel);
        var unusable = await RunAsync(core, await core.Get<UpgradeAgent>().RunAsync(core.Owner, id, Cancel));
        Assert.True((unusable.State, unusable.ErrorCode) == (RunState.Failure, "agent-unusable"), await core.StoryAsync(unusable));
        await AssertRunsAsync(core, machine, id, first);

        await File.WriteAllTextAsync(program, "#!/bin/sh\ncase $1 in version) echo 9.9.9 ;; *) echo I give up; exit 1 ;; esac\n", Cancel);
        var broken = await RunAsync(core, await core.Get<UpgradeAgent>().RunAsync(core.Owner, id, Cancel));
        Assert.True((broken.State, broken.ErrorCode) == (RunState.Failure, "agent-put-back"), await core.StoryAsync(broken));
        Assert.Contains("I give up", await core.OutputAsync(broken.Id, "switch-agent"), StringComparison.Ordinal);
        await AssertRunsAsync(core, machine, id, first);

        // The portal is gone in the middle: the server itself puts the old one back, and the next portal tells it.
        var order = await core.Get<UpgradeAgent>().RunAsync(core.Owner, id, Cancel);
        Assert.True(order.IsDone, order.Error?.Message);
        using (var killed = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var running = core.Get<PlayRunner>().RunDueAsync(killed.Token);
            await OnboardingCore.UntilAsync(async () => (await core.OutputAsync(order.Value, "switch-agent")).Contains("9.9.9", StringComparison.Ordinal));
            await killed.CancelAsync();
            await Task.WhenAny(running);
        }

        await OnboardingCore.UntilAsync(async () => (await machine.RunAsync("sha256sum < /home/frappe/agent/bin/frappe-hybrid-agent")).StartsWith(first, StringComparison.Ordinal) && (await machine.RunAsync("systemctl is-active frappe-hybrid-agent || true")).Trim() == "active");
        await core.Get<PlayRunner>().RunDueAsync(Cancel);
        var followed = await core.PlayAsync(order.Value);
        Assert.True((followed.State, followed.ErrorCode) == (RunState.Failure, "agent-put-back"), await core.StoryAsync(followed));
        await AssertRunsAsync(core, machine, id, first);
        await File.WriteAllBytesAsync(program, good, Cancel);
    }

    private static async Task AssertUpgradeAsync(OnboardingCore core, LabServer machine, Guid id, string program)
    {
        // A good one is waited for however busy the machine is; only the broken ones are given up after a short time.
        var options = core.Get<ProvisioningOptions>();
        (options.AgentHealthTimeout, options.AgentAnswerTimeout) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));

        // The same program with something behind it is another file, and still runs.
        await File.AppendAllTextAsync(program, "\nnewer\n", Cancel);
        var view = await core.Get<ServerQueries>().FindAsync(core.Owner, id, Cancel);
        Assert.True(await core.Get<ServerUpkeep>().IsOutdatedAsync(view!, Cancel));
        var play = await RunAsync(core, await core.Get<UpgradeAgent>().RunAsync(core.Owner, id, Cancel));
        Assert.True(play.State is RunState.Success, await core.StoryAsync(play));
        await AssertRunsAsync(core, machine, id, await SumAsync(program));
        Assert.False(await core.Get<ServerUpkeep>().IsOutdatedAsync((await core.Get<ServerQueries>().FindAsync(core.Owner, id, Cancel))!, Cancel));
    }

    private static async Task AssertRebootAsync(OnboardingCore core, LabServer machine, Guid id)
    {
        var before = await machine.RunAsync("cut -d' ' -f22 /proc/1/stat");
        var order = await core.Get<RebootServer>().RunAsync(core.Owner, id, Cancel);
        Assert.True(order.IsDone, order.Error?.Message);
        var running = core.Get<PlayRunner>().RunDueAsync(Cancel);

        // A container that reboots stops; a hosting company's machine would come back by itself.
        await OnboardingCore.UntilAsync(async () => running.IsCompleted || (await Command.RunAsync(["docker", "inspect", "-f", "{{.State.Running}}", machine.Container])).Trim() == "false", 120);
        if (!running.IsCompleted)
            await Command.RunAsync(["docker", "start", machine.Container]);
        await running;

        var play = await core.PlayAsync(order.Value);
        Assert.True(play.State is RunState.Success, await core.StoryAsync(play));
        Assert.NotEqual(before, await machine.RunAsync("cut -d' ' -f22 /proc/1/stat"));
        Assert.Equal(ServerState.Active, (await core.ServerAsync(id)).State);
    }

    private static async Task AssertTakenOutAsync(OnboardingCore core, LabServer machine, Guid id)
    {
        var server = await core.ServerAsync(id);
        await machine.RunAsync("mkdir -p /home/frappe/benches/main/sites/shop.example.com /home/frappe/benches/main/nginx; echo data > /home/frappe/benches/main/sites/shop.example.com/site_config.json; touch /home/frappe/benches/main/nginx/x.conf; echo 'ssh-ed25519 AAAAother owner' >> /root/.ssh/authorized_keys");
        var play = await RunAsync(core, await core.Get<TakeServerOut>().RunAsync(core.Owner, id, server.Name, stopBenches: true, Cancel));
        Assert.True(play.State is RunState.Success, await core.StoryAsync(play));
        Assert.Equal(ServerState.Archived, (await core.ServerAsync(id)).State);

        // Nothing of ours is left: Agent, unit, key, store, rules, nginx, sign-in, way in.
        Assert.Equal("", await machine.RunAsync(
            "ls -d /etc/systemd/system/frappe-hybrid* /etc/sudoers.d/frappe-hybrid /etc/nginx/conf.d/frappe-hybrid* /home/frappe/.docker/config.json /home/frappe/benches/*/nginx /var/lib/frappe-hybrid /home/frappe/agent/bin /home/frappe/agent/agent.db /home/frappe/agent/tls 2> /dev/null || true"));
        Assert.Equal("AAAAother\n", await machine.RunAsync("cut -d' ' -f2 /root/.ssh/authorized_keys"));
        Assert.DoesNotContain("docker", await machine.RunAsync("id -nG frappe"), StringComparison.Ordinal);
        Assert.Equal("inactive\n", await machine.RunAsync("systemctl is-active frappe-hybrid-agent || true"));
        Assert.Equal("0\n", await machine.RunAsync("pgrep -c -x frappe-hybrid-a || true"));

        // The data is: sites, and databases that answer.
        Assert.Equal("data\n", await machine.RunAsync("cat /home/frappe/benches/main/sites/shop.example.com/site_config.json"));
        Assert.Equal("1\n", await machine.RunAsync("docker exec frappe-mariadb mariadb --defaults-extra-file=/run/frappe-hybrid/client.cnf -Ne 'SELECT 1'"));
        Assert.Equal("active\nactive\n", await machine.RunAsync("systemctl is-active nginx docker"));
    }

    private static async Task<Play> RunAsync(OnboardingCore core, FrappeHybrid.Core.Common.Result<Guid> order)
    {
        Assert.True(order.IsDone, $"{order.Error?.Code}: {order.Error?.Message}");
        await core.Get<PlayRunner>().RunDueAsync(Cancel);
        return await core.PlayAsync(order.Value);
    }

    private static async Task AssertRunsAsync(OnboardingCore core, LabServer machine, Guid id, string sum)
    {
        Assert.Equal(sum, (await machine.RunAsync("sha256sum < /proc/$(systemctl show --property MainPID --value frappe-hybrid-agent)/exe")).Split(' ')[0]);
        Assert.Equal(ServerState.Active, (await core.ServerAsync(id)).State);
    }

    private static async Task<string> SumAsync(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel)));
}

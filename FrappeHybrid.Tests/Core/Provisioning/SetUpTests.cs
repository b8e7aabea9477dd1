using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Tests.Lab;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

/// <summary>The whole way of a bare server: host key, key, pre-flight, play, ping; on machines of the lab.</summary>
[Collection(LabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class SetUpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bare_server_becomes_active_and_a_second_run_changes_nothing()
    {
        var lab = LabDescription.Read();
        await using var machine = await LabServer.StartAsync(lab, cancel: Cancel);
        await using var core = await OnboardingCore.StartAsync(lab);
        var id = await core.ConnectedAsync(machine);
        var untouched = await machine.RunAsync(Footprint);

        var report = await core.PreflightAsync(id);

        Assert.Equal(untouched, await machine.RunAsync(Footprint));
        var rows = string.Join('\n', report.Rows.OrderBy(row => row.Number).Select(row => $"{row.Verdict} {row.Title}: {row.Found} | {row.Advice}"));
        TestContext.Current.TestOutputHelper?.WriteLine(rows);
        Assert.True(report.MaySetUp, rows);
        Assert.True(report.Rows.Count >= 20, rows);

        var first = await core.SetUpAsync(id);

        TestContext.Current.TestOutputHelper?.WriteLine(await core.StoryAsync(first));
        Assert.True(first.State is RunState.Success, await core.StoryAsync(first));
        var server = await core.ServerAsync(id);
        Assert.Equal(ServerState.Active, server.State);
        Assert.NotNull(server.AgentVersion);
        Assert.NotNull(server.FactsJson);
        Assert.Contains("Unpacking docker.io", await core.OutputAsync(first.Id, "packages"), StringComparison.Ordinal);
        await AssertPromisesAsync(machine, lab);
        Assert.Equal([(NotificationKind.PlayDone, $"/plays/{first.Id}", id)], (await core.ToldAsync()).Select(told => (told.Kind, told.Path, told.ServerId!.Value)));

        var second = await core.SetUpAsync(id);

        TestContext.Current.TestOutputHelper?.WriteLine($"first {(first.FinishedAt - first.StartedAt)?.TotalSeconds:0.00} s, second {(second.FinishedAt - second.StartedAt)?.TotalSeconds:0.00} s");
        Assert.True(second.State is RunState.Success, await core.StoryAsync(second));
        Assert.All(second.Tasks, task => Assert.False(task.Changed, $"{task.Key}: {task.Summary}"));

        // No secret in what anybody can see: the rows, the output, the log.
        var password = (await machine.RunAsync("cat /home/frappe/agent/mariadb/root_password")).Trim();
        foreach (var file in Directory.EnumerateFiles(core.Folder, "portal.db*"))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel));
            Assert.DoesNotContain(password, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(lab.RegistryPassword, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("BEGIN OPENSSH", bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_play_whose_portal_is_gone_goes_on_and_the_next_portal_tells_all_of_it()
    {
        var lab = LabDescription.Read();
        await using var machine = await LabServer.StartAsync(lab, cancel: Cancel);
        Guid id, playId;
        string folder;
        await using (var first = await OnboardingCore.StartAsync(lab))
        {
            folder = first.Folder;
            id = await first.ConnectedAsync(machine);
            await first.PreflightAsync(id);
            playId = (await first.Get<SetUpServer>().RunAsync(first.Owner, id, Cancel)).Value;
            using var killed = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var running = first.Get<PlayRunner>().RunDueAsync(killed.Token);
            await OnboardingCore.UntilAsync(async () => (await first.OutputAsync(playId, "packages")).Contains("Unpacking", StringComparison.Ordinal), 120);
            await killed.CancelAsync();
            await Task.WhenAny(running);
            Assert.Equal(RunState.Running, (await first.PlayAsync(playId)).State);
        }

        await using var next = await OnboardingCore.StartAsync(lab, folder);
        await next.Get<PlayRunner>().RunDueAsync(Cancel);

        var play = await next.PlayAsync(playId);
        Assert.True(play.State is RunState.Success, await next.StoryAsync(play));
        var packages = await next.OutputAsync(playId, "packages");
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(packages, "^Unpacking docker.io", System.Text.RegularExpressions.RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
        Assert.True(play.Tasks.Single(task => task.Key is "packages").Changed);
        Assert.Equal(ServerState.Active, (await next.ServerAsync(id)).State);
    }

    [Fact]
    public async Task What_is_there_is_kept_and_what_fails_is_taken_up_again()
    {
        var lab = LabDescription.Read();
        await using var machine = await LabServer.StartAsync(lab, cancel: Cancel);
        await using var core = await OnboardingCore.StartAsync(lab);
        // Not as root this time: everything goes through sudo.
        await machine.RunAsync("(apt-get update && apt-get install -y sudo) > /dev/null 2>&1; useradd --uid 2000 --create-home --shell /bin/bash admin; echo 'admin ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-admin");
        var id = await core.ConnectedAsync(machine, user: "admin");
        await core.PreflightAsync(id);
        // After the pre-flight somebody takes the user id, and there are settings of Docker's.
        await machine.RunAsync("useradd -u 1000 ubuntu; mkdir -p /etc/docker; echo '{\"bip\": \"10.199.0.1/24\", \"log-opts\": {\"max-file\": \"7\"}}' > /etc/docker/daemon.json");

        var failed = await core.SetUpAsync(id);

        Assert.Equal(RunState.Failure, failed.State);
        Assert.Equal("uid-taken", failed.ErrorCode);
        Assert.Equal(StepState.Failure, failed.Tasks.Single(task => task.Key is "user").State);
        Assert.All(failed.Tasks.Where(task => task.Number > 5), task => Assert.Equal(StepState.Pending, task.State));
        Assert.Equal(ServerState.Broken, (await core.ServerAsync(id)).State);

        await machine.RunAsync("userdel ubuntu; getent group ubuntu && groupdel ubuntu || true");
        OnboardingCore.Done(await core.Get<RetryPlay>().RunAsync(core.Owner, failed.Id, Cancel));
        await core.Get<PlayRunner>().RunDueAsync(Cancel);

        var retried = await core.PlayAsync(failed.Id);
        Assert.True(retried.State is RunState.Success, await core.StoryAsync(retried));
        Assert.Equal(failed.Tasks[3].FinishedAt, retried.Tasks[3].FinishedAt);
        Assert.Equal("10.199.0.1/24 7 10m true\n", await machine.RunAsync("jq -r '\"\\(.bip) \\(.[\"log-opts\"][\"max-file\"]) \\(.[\"log-opts\"][\"max-size\"]) \\(.[\"live-restore\"])\"' /etc/docker/daemon.json"));
        Assert.Equal("10.199.0.1/24\n", await machine.RunAsync("jq -r .bip /etc/docker/daemon.json.before-frappe-hybrid"));
    }

    private static async Task AssertPromisesAsync(LabServer machine, LabDescription lab)
    {
        Assert.Equal("1000:1000\n", await machine.RunAsync("echo \"$(id -u frappe):$(id -g frappe)\""));
        Assert.Equal("active\nactive\nactive\nactive\n", await machine.RunAsync("systemctl is-active docker nginx prometheus-node-exporter frappe-hybrid-agent"));
        Assert.Equal("accepted\n", await machine.RunAsync("runuser -u frappe -- sudo -n /usr/sbin/nginx -t 2> /dev/null && echo accepted"));
        Assert.Equal("refused\n", await machine.RunAsync("runuser -u frappe -- sudo -n /usr/sbin/nginx -s stop 2> /dev/null || echo refused"));
        Assert.Equal("127.0.0.1:9100\n", await machine.RunAsync("ss -Hltn 'sport = :9100' | awk '{ print $4 }'"));
        Assert.Equal("600 frappe\n", await machine.RunAsync("stat -c '%a %U' /home/frappe/agent/mariadb/root_password"));
        Assert.Equal("600 frappe\n", await machine.RunAsync("stat -c '%a %U' /home/frappe/.docker/config.json"));
        Assert.Equal("\n", await machine.RunAsync("docker inspect -f '{{range $port, $bound := .NetworkSettings.Ports}}{{range $bound}}{{.HostPort}}{{end}}{{end}}' frappe-mariadb"));
        Assert.Equal("utf8mb4\n", await machine.RunAsync("docker exec frappe-mariadb mariadb --defaults-extra-file=/run/frappe-hybrid/client.cnf -Ne 'SELECT @@character_set_server'"));
        Assert.DoesNotContain(lab.RegistryPassword, await machine.RunAsync("journalctl --no-pager; cat /run/frappe-hybrid/*.log"), StringComparison.Ordinal);
        using var http = new HttpClient();
        using var nobody = await http.GetAsync(new Uri($"http://{machine.Address}/"), Cancel);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, nobody.StatusCode);
    }

    // What a reader leaves as it was: packages, users, files of ours, units.
    private const string Footprint = "dpkg-query -W | sha256sum; sha256sum /etc/passwd /etc/group; ls /etc /var/lib /run /tmp /home /root | grep -v '^utmp$'; systemctl list-units --all --no-legend 'frappe*' | wc -l";
}

using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Sites' entries in nginx: tested before they count, put back when they are refused.</summary>
public sealed class NginxSitesTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("nginx-test-").FullName;
    private readonly FakeNginx nginx;
    private readonly NginxSites sites;

    public NginxSitesTests()
    {
        nginx = new FakeNginx(folder);
        sites = new NginxSites(nginx, NullLogger<NginxSites>.Instance);
    }

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sites.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await sites.StopAsync(CancellationToken.None);
        sites.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_refused_entry_leaves_the_old_one_in_force()
    {
        await sites.PutAsync(At("one.conf"), "good 1", Cancel);
        var refusal = await Assert.ThrowsAsync<JobFailedException>(() => sites.PutAsync(At("one.conf"), "bad", Cancel));
        Assert.Equal(JobErrorCodes.NginxRefused, refusal.Error.Code);
        Assert.Equal("nginx: bad in one.conf", refusal.Error.Raw);
        Assert.Equal("good 1", await File.ReadAllTextAsync(At("one.conf"), Cancel));
        Assert.Equal(1, nginx.Reloads);
    }

    [Fact]
    public async Task A_refused_new_entry_leaves_no_file()
    {
        await Assert.ThrowsAsync<JobFailedException>(() => sites.PutAsync(At("new.conf"), "bad", Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Changes_that_come_together_share_one_reload_and_one_bad_one_harms_nobody()
    {
        nginx.Hold();
        var first = sites.PutAsync(At("first.conf"), "good", Cancel);
        await nginx.Busy;
        Task[] good = [.. Enumerable.Range(0, 5).Select(number => sites.PutAsync(At($"{number}.conf"), "good", Cancel))];
        nginx.Release();
        await Task.WhenAll([first, .. good]);
        Assert.Equal(2, nginx.Reloads);

        nginx.Hold();
        first = sites.PutAsync(At("first.conf"), "good again", Cancel);
        await nginx.Busy;
        var bad = sites.PutAsync(At("bad.conf"), "bad", Cancel);
        var fine = sites.PutAsync(At("fine.conf"), "good", Cancel);
        nginx.Release();
        await Task.WhenAll(first, fine);
        await Assert.ThrowsAsync<JobFailedException>(() => bad);
        Assert.True(File.Exists(At("fine.conf")));
        Assert.False(File.Exists(At("bad.conf")));
    }

    [Fact]
    public async Task A_removed_entry_is_gone_and_removing_it_again_is_nothing()
    {
        await sites.PutAsync(At("one.conf"), "good", Cancel);
        await sites.RemoveAsync(At("one.conf"), Cancel);
        await sites.RemoveAsync(At("one.conf"), Cancel);
        Assert.False(File.Exists(At("one.conf")));
        Assert.Equal(2, nginx.Reloads);
    }

    [Fact]
    public void An_entry_sends_the_name_to_the_benchs_frontend()
    {
        var text = NginxEntry.Text(BenchName.Parse("alpha"), SiteName.Parse("shop.example.com"), 80, 18003);
        Assert.Contains("server_name shop.example.com;", text, StringComparison.Ordinal);
        Assert.Contains("listen 80;", text, StringComparison.Ordinal);
        Assert.Contains("proxy_pass http://127.0.0.1:18003;", text, StringComparison.Ordinal);
        Assert.Contains("client_max_body_size 250m;", text, StringComparison.Ordinal);
        Assert.Contains("proxy_set_header Upgrade $http_upgrade;", text, StringComparison.Ordinal);
        Assert.Contains("proxy_set_header Host shop.example.com;", text, StringComparison.Ordinal);
    }

    private string At(string file) => Path.Combine(folder, file);

    /// <summary>Takes every configuration but one with "bad" in it, and can be held in the middle of a test.</summary>
    private sealed class FakeNginx(string folder) : INginxCommands
    {
        private TaskCompletionSource held = Open();
        private TaskCompletionSource busy = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Reloads { get; private set; }

        public Task Busy => busy.Task;

        public void Hold()
        {
            held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void Release() => held.TrySetResult();

        public async Task<NginxVerdict> TestAsync(CancellationToken cancel)
        {
            busy.TrySetResult();
            await held.Task;
            foreach (var file in Directory.EnumerateFiles(folder, "*.conf"))
            {
                if (await File.ReadAllTextAsync(file, cancel) == "bad")
                    return new NginxVerdict(Accepted: false, $"nginx: bad in {Path.GetFileName(file)}");
            }

            return new NginxVerdict(Accepted: true, "");
        }

        public Task<NginxVerdict> ReloadAsync(CancellationToken cancel)
        {
            Reloads++;
            return Task.FromResult(new NginxVerdict(Accepted: true, ""));
        }

        private static TaskCompletionSource Open()
        {
            var source = new TaskCompletionSource();
            source.SetResult();
            return source;
        }
    }
}

using System.Text;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

public sealed class SecretTests
{
    private const string Canary = "Canary-4711-Password";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sites_password_is_in_no_byte_of_the_database_and_in_no_log_line()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        core.Agent.Before = (_, _) => throw new IOException("reset");
        var made = await core.Get<CreateSite>().RunAsync(core.Owner, new(bench.Id, "shop.example.com", Canary, []), Cancel);
        await core.Get<JobDelivery>().NextAsync(server.Id, Cancel);
        Look(core);

        core.Agent.Before = null;
        await using (var db = await core.DbAsync())
        {
            await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.NextDeliveryAt, (DateTimeOffset?)null), Cancel);
        }

        await core.Get<JobDelivery>().NextAsync(server.Id, Cancel);
        var (key, _, body) = Assert.Single(core.Agent.Submissions);
        Assert.Contains(Canary, body, StringComparison.Ordinal); // it does reach the Agent
        await using (new Running(core.Get<FeedFollowers>().RunAsync))
        {
            core.Agent.Tell(Snapshots.Of(key, JobTypes.NewSite, JobState.Success));
            await core.UntilAsync(async () => (await core.JobAsync(key)).State is RunState.Success);
        }

        await using (var db = await core.DbAsync())
        {
            Assert.Equal((made.Value, SiteState.Active), await db.Sites.Select(site => new ValueTuple<Guid, SiteState>(site.Id, site.State)).SingleAsync(Cancel));
            Assert.Null((await db.Jobs.SingleAsync(Cancel)).SecretProtected);
        }

        Look(core);
    }

    private static void Look(TestCore core)
    {
        foreach (var file in Directory.GetFiles(core.Folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(Canary)) < 0, $"{Path.GetFileName(file)} holds the password.");
        }

        Assert.NotEmpty(core.Logs.Lines);
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
    }
}

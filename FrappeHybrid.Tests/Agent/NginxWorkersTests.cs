using System.Globalization;
using FrappeHybrid.Agent.Nginx;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Which of nginx's processes take visitors. That a reload waits for them is seen by <see cref="SiteChangeEngineTests"/>, at a real nginx.</summary>
public sealed class NginxWorkersTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nginx-test").FullName;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a number")]
    [InlineData("99999999999999999999")]
    public async Task Without_a_running_nginx_there_is_nobody_to_wait_for(string? pidFile)
    {
        var path = Path.Combine(folder, "nginx.pid");
        if (pidFile is not null)
            await File.WriteAllTextAsync(path, pidFile, Xunit.TestContext.Current.CancellationToken);

        Assert.Empty(new NginxWorkers(path, TimeProvider.System).TakingVisitors());
    }

    [Fact]
    public async Task A_process_that_is_no_worker_is_not_waited_for()
    {
        var path = Path.Combine(folder, "nginx.pid");
        await File.WriteAllTextAsync(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n", Xunit.TestContext.Current.CancellationToken);
        var workers = new NginxWorkers(path, TimeProvider.System);
        Assert.Empty(workers.TakingVisitors());
        await workers.UntilNoneTakesAsync([Environment.ProcessId], Xunit.TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

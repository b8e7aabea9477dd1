using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Core.Benches;

public sealed class DoctorFindingsTests
{
    private static readonly SiteName Shop = SiteName.Parse("shop.example.com");

    [Fact]
    public void A_bench_that_is_well_has_no_finding() => Assert.Empty(DoctorFindings.Of(Report()));

    [Fact]
    public void What_is_wrong_is_said_with_the_act_that_mends_it()
    {
        Assert.Equal(BenchService.QueueLong, One(Report(service => service is BenchService.QueueLong ? Info(service, "exited", 1) : Info(service))).Restart);
        Assert.Contains("lack of memory", One(Report(service => service is BenchService.Backend ? Info(service, "exited", 137) : Info(service))).What, StringComparison.Ordinal);
        Assert.Null(One(Report(service => service is BenchService.Backend ? Info(service, "missing", null) : Info(service))).Restart);
        Assert.Equal(BenchService.RedisQueue, One(Report() with { WorkersOnline = null }).Restart);
        Assert.Equal("Only 1 of 2 workers are online.", One(Report() with { WorkersOnline = 1 }).What);
        Assert.Contains("120 jobs wait in the queue long", One(Report() with { Queues = [new("long", 120, 0)] }).What, StringComparison.Ordinal);
        Assert.True(One(Report() with { Problem = "pymysql.err.OperationalError" }).IsSerious);
        Assert.Contains("disabled", One(Report() with { Sites = [new(Shop, false, false, false)] }).What, StringComparison.Ordinal);
        Assert.Contains("paused", One(Report() with { Sites = [new(Shop, true, true, false)] }).What, StringComparison.Ordinal);
        Assert.True(One(Report() with { Sites = [new(Shop, true, false, true)] }).IsSerious);
    }

    [Fact]
    public void The_serious_ones_come_first()
    {
        var findings = DoctorFindings.Of(Report() with { WorkersOnline = 1, Sites = [new(Shop, true, false, true)] });
        Assert.Equal([true, false], findings.Select(finding => finding.IsSerious));
    }

    [Fact]
    public void What_bench_doctor_prints_is_read()
    {
        // As recorded, with one line for each state.
        const string output = """
            -----Checking scheduler status-----
            Scheduler disabled for a.example.com
            Scheduler inactive for b.example.com
            Maintenance mode on for b.example.com
            Workers online: 2
            -----a.example.com Jobs-----
            """;
        SiteName[] sites = [SiteName.Parse("a.example.com"), SiteName.Parse("b.example.com"), Shop];
        Assert.Equal([new(sites[0], false, false, false), new(sites[1], true, true, true), new(Shop, true, false, false)], DoctorOutput.Sites(output, sites));
        Assert.Equal([new BenchAppVersion("frappe", "15.50.0")], DoctorOutput.Versions("""WARN: something [{"commit": "", "app": "frappe", "branch": "", "version": "15.50.0"}]""".Replace("WARN: something ", "WARN: something\n", StringComparison.Ordinal)));
        Assert.Empty(DoctorOutput.Versions("Traceback (most recent call last):"));
    }

    private static DoctorFinding One(BenchDoctorReport report) => Assert.Single(DoctorFindings.Of(report));

    private static ServiceInfo Info(BenchService service, string state = "running", int? code = null) => new(service, state, DateTimeOffset.UnixEpoch, 0, code, 512);

    private static BenchDoctorReport Report(Func<BenchService, ServiceInfo>? info = null) => new(
        DateTimeOffset.UnixEpoch,
        [.. BenchServices.All.Select(info ?? (service => Info(service)))],
        BenchWorkers.Default,
        2,
        [new("default", 0, 0)],
        [new(Shop, true, false, false)],
        [new("frappe", "15.50.0")],
        null,
        []);
}

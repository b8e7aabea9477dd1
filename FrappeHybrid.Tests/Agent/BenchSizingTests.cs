using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

public sealed class BenchSizingTests
{
    [Theory]
    [InlineData(4, 2, 1024, 5, 1)]
    [InlineData(2, 1, 768, 3, 1)]
    [InlineData(8, 4, 2048, 9, 2)]
    [InlineData(64, 16, 4096, 31, 4)]
    public void A_new_bench_is_sized_from_memory_and_processors(int gigabytes, int processors, int backend, int gunicorn, int queue)
    {
        var limits = BenchSizing.From((long)gigabytes << 30);
        Assert.Equal(backend, limits.BackendMegabytes);
        Assert.Equal(new BenchWorkers(gunicorn, 4, queue, queue), BenchSizing.From(limits, processors));
        Assert.True(limits.AreValid() && BenchSizing.From(limits, processors).AreValid());
    }

    [Theory]
    [InlineData("PATH", true, false)]
    [InlineData("gunicorn_threads", true, false)]
    [InlineData("LD_PRELOAD", true, false)]
    [InlineData("PYTHONSTARTUP", true, false)]
    [InlineData("S3_BUCKET", false, false)]
    [InlineData("MAIL_PASSWORD", false, true)]
    [InlineData("SENTRY_DSN", false, true)]
    [InlineData("DATABASE_URL", false, true)]
    [InlineData("apikey", false, true)]
    public void Names_of_variables_tell_what_they_are(string name, bool isProtected, bool isSecret) =>
        Assert.Equal((isProtected, isSecret), (BenchVariables.IsProtected(name), BenchVariables.IsSecret(name)));
}

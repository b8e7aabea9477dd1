using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>Every job type has its row.</summary>
public sealed class KillTableTests
{
    [Fact]
    public void Every_job_type_has_a_kill_case()
    {
        var rows = KillTable.All.Select(row => row.Type.Key).ToList();
        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("", string.Join(", ", JobTypes.All.Select(type => type.Key).Except(rows).Except(KillTable.ToCome).Except(KillTable.Elsewhere.Keys)));
        Assert.Equal("", string.Join(", ", KillTable.ToCome.Concat(KillTable.Elsewhere.Keys).Intersect(rows)));
    }
}

/// <summary>The even rows of the table.</summary>
[Trait("Category", "Docker")]
[Trait("Category", "Kill")]
public sealed class EvenKillTests(KillGround ground) : IClassFixture<KillGround>
{
    public static TheoryData<string, string, string> Cases { get; } = new(KillTable.Part(0));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task However_it_ends_it_is_finished_or_undone_and_leaves_nothing(string type, string how, string step) => KillRun.RunAsync(ground, type, how, step);
}

/// <summary>The odd rows of the table, on a server of their own.</summary>
[Trait("Category", "Docker")]
[Trait("Category", "Kill")]
public sealed class OddKillTests(KillGround ground) : IClassFixture<KillGround>
{
    public static TheoryData<string, string, string> Cases { get; } = new(KillTable.Part(1));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task However_it_ends_it_is_finished_or_undone_and_leaves_nothing(string type, string how, string step) => KillRun.RunAsync(ground, type, how, step);
}

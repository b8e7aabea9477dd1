using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Portal.Consoles;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class ConsolePlaceTests
{
    [Fact]
    public void Take_AfterABreak_NothingTwiceNothingMissing()
    {
        var first = ConsolePlace.Parse(null);
        first.Take([Line(1, "a"), Line(2, "b"), Line(2, "c")]);

        var again = ConsolePlace.Parse(first.ToString());
        var fresh = again.Take([Line(1, "a"), Line(2, "b"), Line(2, "c"), Line(2, "d"), Line(3, "e")]);

        Assert.Equal(["d", "e"], fresh.Select(line => line.Text));
    }

    [Fact]
    public void Take_HistoryInSeveralBatches_GoesOnWhereItWas()
    {
        var place = ConsolePlace.Parse("20.2");
        Assert.Empty(place.Take([Line(1, "a"), Line(2, "b")]));
        Assert.Equal(["d"], place.Take([Line(2, "c"), Line(2, "d")]).Select(line => line.Text));
        Assert.Equal(["e"], place.Take([Line(2, "e")]).Select(line => line.Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-1.2")]
    [InlineData("1.x")]
    public void Parse_NoPlace_StartsAtTheBeginning(string? text) => Assert.Single(ConsolePlace.Parse(text).Take([Line(1, "a")]));

    private static LogLine Line(long tick, string text) => new(new DateTimeOffset(tick * 10, TimeSpan.Zero), text, false);
}

using FrappeHybrid.Portal.Components.Controls;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class HumanTests
{
    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(3.44, "3.4 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(72, "1 m 12 s")]
    [InlineData(7500, "2 h 05 m")]
    [InlineData(200000, "2 d 7 h")]
    public void Duration_Seconds_AsSomebodySaysIt(double seconds, string expected) => Assert.Equal(expected, Human.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-5, "just now")]
    [InlineData(42, "42 seconds ago")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3600 * 5, "5 hours ago")]
    [InlineData(3600 * 30, "yesterday")]
    [InlineData(3600 * 24 * 20, "12 Dec 1969")]
    public void Ago_Seconds_AsSomebodySaysIt(int seconds, string expected) => Assert.Equal(expected, Human.Ago(DateTimeOffset.UnixEpoch.AddSeconds(-seconds), DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(16L << 30, "16 GB")]
    [InlineData(312L << 20, "312 MB")]
    public void Bytes_Number_HasAUnit(long bytes, string expected) => Assert.Equal(expected, Human.Bytes(bytes));

    [Fact]
    public void Share_NothingKnown_SaysSo() => Assert.Equal("unknown", Human.Share(5, 0));

    [Theory]
    [InlineData(1, "bench", "1 bench")]
    [InlineData(2, "bench", "2 benches")]
    [InlineData(0, "site", "0 sites")]
    public void Count_Number_AgreesWithTheWord(int count, string one, string expected) => Assert.Equal(expected, Human.Count(count, one));
}

using System.Text;
using FrappeHybrid.Core.Accounts;
using Xunit;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, the last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.CodeAt(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Clocks_may_be_off_by_one_step(int seconds, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Assert.Equal(isTaken, Totp.StepOf(Secret, Totp.CodeAt(Secret, now.AddSeconds(seconds)), null, now) is not null);
    }

    [Fact]
    public void A_step_is_taken_once_and_never_an_earlier_one()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = Totp.StepOf(Secret, Totp.CodeAt(Secret, now), null, now);
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, now), step, now));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, now.AddSeconds(-30)), step, now));
        Assert.NotNull(Totp.StepOf(Secret, Totp.CodeAt(Secret, now.AddSeconds(30)), step, now));
    }

    [Theory]
    [InlineData("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    [InlineData("f", "MY")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_base_32(string secret, string key) => Assert.Equal(key, Totp.Key(Encoding.ASCII.GetBytes(secret)));
}

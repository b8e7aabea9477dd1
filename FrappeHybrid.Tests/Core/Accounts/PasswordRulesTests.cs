using FrappeHybrid.Core.Accounts;
using Xunit;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("summer winter dragon monkey")]
    [InlineData("k8Zr-wq2P-nnT4")]
    [InlineData("der rote Fuchs springt")]
    [InlineData("пароль из пяти слов")]
    public void Good_ones_pass(string password) => Assert.Null(PasswordRules.Problem(password, "owner@example.com", "Person One"));

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password123456")]
    [InlineData("P@ssw0rd!P@ssw0rd!")]
    [InlineData("qwertyuiop12")]
    [InlineData("QWERTZUIOPASDF")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("123456789012")]
    [InlineData("abcdefghijklmn")]
    [InlineData("summerwinter2026")]
    [InlineData("iloveyou1234")]
    [InlineData("letmein letmein")]
    [InlineData("dragonmonkey!!")]
    [InlineData("Welcome2026!")]
    [InlineData("administrator1")]
    [InlineData("987654321abcdef")]
    public void What_is_guessed_first_is_refused(string password) => Assert.Equal("password-common", PasswordRules.Problem(password, "owner@example.com", null)?.Code);

    [Theory]
    [InlineData("katherine.sample@example.com")]
    [InlineData("KatherineSample1")]
    [InlineData("sample-katherine-1")]
    public void Ones_own_name_and_address_are_refused(string password) => Assert.Equal("password-own", PasswordRules.Problem(password, "katherine.sample@example.com", "Katherine Sample")?.Code);

    [Fact]
    public void Length_has_two_ends()
    {
        Assert.Equal("password-short", PasswordRules.Problem("k8Zr-wq2P-n", null, null)?.Code);
        Assert.Equal("password-short", PasswordRules.Problem(null, null, null)?.Code);
        Assert.Equal("password-long", PasswordRules.Problem(string.Concat(Enumerable.Range(0, 67).Select(number => $"{number:000}")), null, null)?.Code);
    }

    [Fact]
    public void The_list_is_there() => Assert.True(CommonPasswords.Count > 300);
}

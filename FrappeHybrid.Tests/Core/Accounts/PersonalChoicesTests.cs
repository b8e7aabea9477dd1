using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class PersonalChoicesTests
{
    [Fact]
    public async Task What_one_chose_is_ones_own_until_it_is_forgotten()
    {
        await using var core = await TestCore.StartAsync();
        var somebody = await core.AddUserAsync("somebody@example.com", role: TeamRole.Viewer);
        var other = await core.AddUserAsync("other@example.com", role: TeamRole.Owner);
        var choices = core.Get<PersonalChoices>();
        Assert.True((await core.Get<RememberChoice>().RunAsync(somebody, "consoles", "{}", TestCore.Cancel)).IsDone);
        foreach (var value in (string[])["state", "state,bench"])
        {
            Assert.True((await core.Get<RememberChoice>().RunAsync(somebody, "columns.sites", value, TestCore.Cancel)).IsDone);
            Assert.Equal(value, await choices.FindAsync(somebody, "columns.sites", TestCore.Cancel));
        }

        Assert.Null(await choices.FindAsync(other, "columns.sites", TestCore.Cancel));
        Assert.True((await core.Get<RememberChoice>().RunAsync(somebody, "columns.sites", null, TestCore.Cancel)).IsDone);
        Assert.Null(await choices.FindAsync(somebody, "columns.sites", TestCore.Cancel));
    }

    [Theory]
    [InlineData("AuthenticatorKey", "x")]
    [InlineData("columns.", "x")]
    [InlineData("consoles.", "x")]
    [InlineData("columns.sites", null)]
    public async Task What_is_no_choice_or_too_long_is_not_kept(string name, string? value)
    {
        await using var core = await TestCore.StartAsync();
        var somebody = await core.AddUserAsync("somebody@example.com", role: TeamRole.Viewer);
        var kept = await core.Get<RememberChoice>().RunAsync(somebody, name, value ?? new string('x', 2001), TestCore.Cancel);
        Assert.Equal("not-found", kept.Error?.Code);
        Assert.Null(await core.Get<PersonalChoices>().FindAsync(somebody, name, TestCore.Cancel));
    }
}

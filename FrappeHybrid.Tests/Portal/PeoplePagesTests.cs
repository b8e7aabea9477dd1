using Bunit;
using FrappeHybrid.Core.People;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The operator's pages about everybody who has an account.</summary>
public sealed class PeoplePagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(PeopleList), nameof(Capability.OperatePortal))]
    [InlineData(typeof(PersonPage), nameof(Capability.OperatePortal))]
    [InlineData(typeof(SupportAccessList), nameof(Capability.AskForAccess))]
    public void Pages_ask_for_what_they_show(Type page, string policy) =>
        Assert.Equal(policy, Assert.Single(page.GetCustomAttributes(typeof(AuthorizeAttribute), true).Cast<AuthorizeAttribute>()).Policy);

    [Fact]
    public async Task Staff_role_is_given_with_a_reason()
    {
        await using var page = await PageContext.StartAsync();
        var customer = await page.Core.AddUserAsync("customer@example.com");
        var shown = page.Render<PersonPage>(each => each.Add(part => part.Id, customer.UserId));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("#staff")), Patience);
        shown.Find("#staff").Change(nameof(StaffRole.Support));
        Assert.True(shown.FindAll("button").Single(button => button.TextContent == "Change role").HasAttribute("disabled"));
        shown.Find("#staff-reason").Input("New colleague");
        await shown.Find("form").SubmitAsync();
        Assert.Equal(StaffRole.Support, (await page.Core.ActorAsync(customer.UserId)).Staff);
    }

    [Fact]
    public async Task Last_operator_is_told_so_and_a_closed_account_is_opened_again()
    {
        await using var page = await PageContext.StartAsync();
        var list = page.Render<PeopleList>();
        list.WaitForAssertion(() => Assert.Contains("somebody@example.com", list.Markup, StringComparison.Ordinal), Patience);
        var me = await page.Core.Get<PeopleQueries>().ListAsync(TestCore.StaffOf(StaffRole.Operator), Cancel);
        var own = page.Render<PersonPage>(each => each.Add(part => part.Id, Assert.Single(me).Id));
        own.WaitForAssertion(() => Assert.Contains("The last operator stays one", own.Markup, StringComparison.Ordinal), Patience);

        var customer = await page.Core.AddUserAsync("customer@example.com");
        var shown = page.Render<PersonPage>(each => each.Add(part => part.Id, customer.UserId));
        Assert.True((await page.Core.Get<DisableUser>().RunAsync(await page.Core.ActorAsync(me[0].Id), customer.UserId, "Left the company", Cancel)).IsDone);
        shown.WaitForAssertion(() => Assert.Contains("It was closed", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Open again").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Contains("Close the account", shown.Markup, StringComparison.Ordinal), Patience);
    }
}

using Bunit;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Webhooks;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Webhooks;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The pages of a team's webhooks.</summary>
public sealed class WebhookPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(WebhookList))]
    [InlineData(typeof(WebhookPage))]
    public void Pages_ask_for_the_right_to_manage_webhooks(Type page) =>
        Assert.Equal(nameof(Capability.ManageWebhooks), Assert.Single(page.GetCustomAttributes(typeof(AuthorizeAttribute), true).Cast<AuthorizeAttribute>()).Policy);

    [Theory]
    [InlineData(TeamRole.Developer)]
    [InlineData(TeamRole.Viewer)]
    public async Task Who_may_not_manage_them_finds_nothing(TeamRole role)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var made = await page.Core.Get<CreateWebhook>().RunAsync(page.Core.Owner, page.Core.Team.Id, new WebhookDraft("https://hooks.example.com/secret-path", "", ["job-failed"]), Cancel);
        var list = page.Render<WebhookList>(parameters => parameters.Add(each => each.TeamId, page.Core.Team.Id));
        var one = page.Render<WebhookPage>(parameters => parameters.Add(each => each.TeamId, page.Core.Team.Id).Add(each => each.WebhookId, made.Value.Id));
        list.WaitForAssertion(() => Assert.Contains("There is nothing here", list.Markup, StringComparison.Ordinal), Patience);
        one.WaitForAssertion(() => Assert.Contains("There is nothing here", one.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("secret-path", list.Markup + one.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_is_found_under_its_own_team_only()
    {
        await using var page = await PageContext.StartAsync();
        var made = await page.Core.Get<CreateWebhook>().RunAsync(page.Core.Owner, page.Core.Team.Id, new WebhookDraft("https://hooks.example.com/", "", ["job-failed"]), Cancel);
        var one = page.Render<WebhookPage>(parameters => parameters.Add(each => each.TeamId, Guid.CreateVersion7()).Add(each => each.WebhookId, made.Value.Id));
        one.WaitForAssertion(() => Assert.Contains("There is nothing here", one.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Webhook_is_added_its_secret_is_shown_once_and_what_is_refused_is_not_lost()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Admin);
        var shown = page.Render<WebhookList>(parameters => parameters.Add(each => each.TeamId, page.Core.Team.Id));
        shown.WaitForAssertion(() => Assert.Contains("No webhook yet.", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.InvokeAsync(() => shown.FindAll("button").First(button => button.TextContent == "Add webhook").ClickAsync(new()));
        shown.Find("#webhook-url").Input("http://10.0.0.1/");
        shown.Find("#webhook-description").Input("Chat");
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.Contains("must begin with https://", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal("Chat", shown.Find("#webhook-description").GetAttribute("value"));

        shown.Find("#webhook-url").Input("https://hooks.example.com/a");
        await shown.Find("form").SubmitAsync();
        shown.WaitForAssertion(() => Assert.StartsWith("fhwh_", shown.Find(".secret code").TextContent, StringComparison.Ordinal), Patience);
        var secret = shown.Find(".secret code").TextContent;
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".hooks li")), Patience);
        await shown.InvokeAsync(() => shown.FindAll(".secret button").Single(button => button.TextContent == "I have kept it").ClickAsync(new()));
        Assert.DoesNotContain(secret, shown.Markup, StringComparison.Ordinal);
        var again = page.Render<WebhookList>(parameters => parameters.Add(each => each.TeamId, page.Core.Team.Id));
        again.WaitForAssertion(() => Assert.Single(again.FindAll(".hooks li")), Patience);
        Assert.DoesNotContain(secret, again.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_event_is_seen_on_its_way_with_what_the_receiver_answered_and_can_be_sent_again()
    {
        await using var scene = await WebhookScene.StartAsync();
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner, scene.Core);
        scene.Receiver.Answer = context =>
        {
            context.Response.StatusCode = 418;
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "<script>alert(1)</script>", Cancel);
        };
        var shown = page.Render<WebhookPage>(parameters => parameters.Add(each => each.TeamId, scene.Core.Team.Id).Add(each => each.WebhookId, scene.Hook));
        shown.WaitForAssertion(() => Assert.Contains("Nothing was sent yet.", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Send a test event").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".deliveries li")), Patience);
        await scene.DeliverAsync();
        await shown.InvokeAsync(() => scene.Time.Advance(TimeSpan.FromSeconds(1)));

        shown.WaitForAssertion(() => Assert.Contains("The receiver answered 418.", shown.Find(".try").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", shown.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("X-FrappeHybrid-Signature: v1=…", shown.Find(".try pre").TextContent, StringComparison.Ordinal);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Send now").ClickAsync(new()));
        scene.Receiver.Answer = _ => Task.CompletedTask;
        await scene.DeliverAsync();
        Assert.Equal(2, scene.Receiver.Requests.Count);
        Assert.Equal(WebhookDeliveryState.Delivered, Assert.Single(await scene.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task Webhook_that_was_switched_off_says_why_and_can_be_switched_on()
    {
        await using var page = await PageContext.StartAsync();
        var made = await page.Core.Get<CreateWebhook>().RunAsync(page.Core.Owner, page.Core.Team.Id, new WebhookDraft("https://hooks.example.com/", "", ["job-failed"]), Cancel);
        await using (var db = await page.Core.DbAsync())
        {
            var hook = await db.Webhooks.SingleAsync(Cancel);
            (hook.IsActive, hook.SwitchedOffAt) = (false, page.Core.Time.GetUtcNow());
            await db.SaveChangesAsync(Cancel);
        }

        var shown = page.Render<WebhookPage>(parameters => parameters.Add(each => each.TeamId, page.Core.Team.Id).Add(each => each.WebhookId, made.Value.Id));
        shown.WaitForAssertion(() => Assert.Contains("nothing had arrived there for 3 days", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Switch on again").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.DoesNotContain("3 days", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains(shown.FindAll(".chip"), chip => chip.TextContent.Contains("On", StringComparison.Ordinal));
        Assert.True(shown.FindAll("input[type=checkbox]")[^1].HasAttribute("checked"));
    }

    [Fact]
    public async Task New_secret_is_shown_and_the_one_before_is_said_to_sign_too()
    {
        await using var page = await PageContext.StartAsync();
        var made = await page.Core.Get<CreateWebhook>().RunAsync(page.Core.Owner, page.Core.Team.Id, new WebhookDraft("https://hooks.example.com/", "", ["job-failed"]), Cancel);
        var shown = page.Render<WebhookPage>(parameters => parameters.Add(each => each.TeamId, page.Core.Team.Id).Add(each => each.WebhookId, made.Value.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("h1")), Patience);
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Make a new secret").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.StartsWith("fhwh_", shown.Find(".secret code").TextContent, StringComparison.Ordinal), Patience);
        Assert.NotEqual(made.Value.Secret, shown.Find(".secret code").TextContent);
        Assert.Contains("signs too until", shown.Markup, StringComparison.Ordinal);
    }
}

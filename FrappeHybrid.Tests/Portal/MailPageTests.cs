using Bunit;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The operator's look at the letters.</summary>
public sealed class MailPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Page_is_the_operators() =>
        Assert.Equal(nameof(Capability.OperatePortal), Assert.Single(typeof(MailPage).GetCustomAttributes(typeof(AuthorizeAttribute), true).Cast<AuthorizeAttribute>()).Policy);

    [Fact]
    public async Task Portal_without_mail_says_which_settings_are_missing()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<MailPage>();
        shown.WaitForAssertion(() => Assert.Contains("no mail server is set up", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("PublicUrl", shown.Find("pre.settings").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Send a test letter", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_letter_is_followed_until_it_is_there_and_can_be_read_in_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("mail-folder");
        await using var core = await TestCore.StartAsync(settings: new Dictionary<string, string?> { ["Portal:PublicUrl"] = "https://portal.example.com", ["Mail:Folder"] = folder.FullName, ["Mail:From"] = "portal@example.com" });
        await using var page = await PageContext.StartAsync(on: core);
        var shown = page.Render<MailPage>();
        shown.WaitForAssertion(() => Assert.Contains("No letter has been written yet", shown.Markup, StringComparison.Ordinal), Patience);

        await shown.Find(".button.primary").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("On its way to somebody@example.com", shown.Find(".result").TextContent, StringComparison.Ordinal), Patience);
        Assert.True(shown.Find(".button.primary").HasAttribute("disabled"));
        await core.Get<MailSender>().SendDueAsync(Cancel);

        shown.WaitForAssertion(() => Assert.Contains("It is in the folder: written to", shown.Find(".result").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("https://portal.example.com/", shown.Find(".file pre").TextContent, StringComparison.Ordinal);
        await using var db = await core.DbAsync();
        Assert.Single(await db.Activity.Where(entry => entry.Act == "send-test-mail").ToListAsync(Cancel));
        folder.Delete(true);
    }

    [Fact]
    public async Task Letter_that_failed_shows_why_and_is_tried_again_or_deleted_and_its_text_is_never_shown()
    {
        await using var core = await TestCore.StartAsync(settings: new Dictionary<string, string?> { ["Portal:PublicUrl"] = "https://portal.example.com", ["Mail:Host"] = "mail.example.com", ["Mail:From"] = "portal@example.com" });
        await using (var db = await core.DbAsync())
        {
            core.Get<MailOutbox>().Add(db, "owner@example.com", "Waits", "canary-text");
            core.Get<MailOutbox>().Add(db, "gone@example.com", "Failed", "canary-text");
            foreach (var mail in db.OutgoingMails.Local)
            {
                mail.Fail("550 no such mailbox", core.Time.GetUtcNow());
                if (mail.Subject == "Failed")
                    mail.GiveUp("550 no such mailbox", core.Time.GetUtcNow());
            }

            await db.SaveChangesAsync(Cancel);
        }

        await using var page = await PageContext.StartAsync(on: core);
        var shown = page.Render<MailPage>();
        shown.WaitForAssertion(() => Assert.Equal(2, shown.FindAll(".letters > li").Count), Patience);
        Assert.Contains("1 waiting, 1 failed", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("550 no such mailbox", shown.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-text", shown.Markup, StringComparison.Ordinal);

        await shown.FindAll(".letters > li")[1].QuerySelectorAll("button")[0].ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("2 waiting", shown.Markup, StringComparison.Ordinal), Patience);
        await shown.FindAll(".acts button").First(button => button.TextContent == "Delete").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Single(shown.FindAll(".letters > li")), Patience);
        await using var after = await core.DbAsync();
        Assert.Equal("Failed", (await after.OutgoingMails.SingleAsync(Cancel)).Subject);
    }
}

using System.Net;
using Bunit;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Terminals;

/// <summary>The pages around a terminal: opening one, the list, the recording, and who sees which.</summary>
public sealed class TerminalPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reason_is_asked_then_the_shell_is_on_the_page_and_its_end_is_said()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Developer);
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        await page.Core.AddSiteAsync(bench);
        var shown = page.Render<BenchTerminal>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, "backend"));
        shown.WaitForElement("form.start", Patience);
        Assert.True(shown.Find("#reason").HasAttribute("required"));
        await shown.InvokeAsync(() => shown.Find("form.start").SubmitAsync());
        shown.WaitForAssertion(() => Assert.Contains("Say in a few words what the terminal is for", shown.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);

        await shown.InvokeAsync(() => shown.Find("#reason").ChangeAsync(new() { Value = "A migration hangs" }));
        await shown.InvokeAsync(() => shown.Find("form.start").SubmitAsync());
        shown.WaitForElement(".terminal", Patience);
        var shell = await page.Core.Agent.Terminals.Reader.ReadAsync(Cancel);

        // Somebody who loads the page again finds it.
        var again = page.Render<BenchTerminal>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, "backend"));
        again.WaitForElement(".terminal", Patience);

        await shell.ExitAsync(0);
        shown.WaitForAssertion(() => Assert.Contains("The shell ended with code 0.", shown.Find(".over").TextContent, StringComparison.Ordinal), Patience);
        Assert.Single(shown.FindAll(".terminal"));
        await shown.InvokeAsync(() => shown.Find(".over button").ClickAsync(new()));
        shown.WaitForElement("form.start", Patience);
    }

    [Fact]
    public async Task What_the_Agent_refuses_is_a_sentence_and_the_reason_stays()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.Conflict, "service-stopped", "backend of bench main does not run."));
        var shown = page.Render<BenchTerminal>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, "backend"));
        shown.WaitForElement("form.start", Patience);
        await shown.InvokeAsync(() => shown.Find("#reason").ChangeAsync(new() { Value = "A look" }));
        await shown.InvokeAsync(() => shown.Find("form.start").SubmitAsync());
        shown.WaitForAssertion(() => Assert.Contains("backend of bench main does not run.", shown.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("A look", shown.Find("#reason").GetAttribute("value"));
    }

    [Theory]
    [InlineData("redis-cache")]
    [InlineData("nothing")]
    public async Task A_service_without_a_shell_has_no_page(string service)
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var shown = page.Render<BenchTerminal>(parameters => parameters.Add(each => each.Id, bench.Id).Add(each => each.ServiceName, service));
        shown.WaitForAssertion(() => Assert.Contains("There is nothing here", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task The_list_and_the_recording_are_for_those_who_read_the_record()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var developer = await core.AddUserAsync("developer@example.com", role: TeamRole.Developer);
        var viewer = await core.AddUserAsync("viewer@example.com", role: TeamRole.Viewer);
        var opened = await core.Get<OpenTerminal>().RunAsync(developer, bench.Id, BenchService.Backend, "<b>Look</b>", Cancel);
        var shell = await core.Agent.Terminals.Reader.ReadAsync(Cancel);
        await using (var context = PageContext.For(core, developer.UserId))
        {
            var list = context.Render<BenchTerminals>(parameters => parameters.Add(each => each.Id, bench.Id));
            list.WaitForAssertion(() => Assert.Contains("<b>Look</b>", list.Find(".why").TextContent, StringComparison.Ordinal), Patience);
            Assert.Contains("Open", list.Find(".rows .chip").TextContent, StringComparison.Ordinal);
            var one = context.Render<TerminalPage>(parameters => parameters.Add(each => each.Id, opened.Value));
            one.WaitForAssertion(() => Assert.Contains("can be played back once it has ended", one.Markup, StringComparison.Ordinal), Patience);

            await shell.ExitAsync(1);
            one.WaitForElement(".player", Patience);
            one.WaitForAssertion(() => Assert.Contains("The shell ended with code 1", one.Find(".about").TextContent, StringComparison.Ordinal), Patience);
            Assert.Equal($"/terminals/{opened.Value}/recording", one.Find("a[download]").GetAttribute("href"));
            list.WaitForAssertion(() => Assert.Contains("Ended", list.Find(".rows .chip").TextContent, StringComparison.Ordinal), Patience);
        }

        await using (var context = PageContext.For(core, viewer.UserId))
        {
            var list = context.Render<BenchTerminals>(parameters => parameters.Add(each => each.Id, bench.Id));
            list.WaitForAssertion(() => Assert.Contains("your role does not read", list.Markup, StringComparison.Ordinal), Patience);
            var one = context.Render<TerminalPage>(parameters => parameters.Add(each => each.Id, opened.Value));
            one.WaitForAssertion(() => Assert.Contains("There is nothing here", one.Markup, StringComparison.Ordinal), Patience);
        }
    }

    [Fact]
    public async Task The_recording_is_sent_as_a_file_to_those_who_may_and_to_nobody_else()
    {
        await using var portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        await new PortalSeed(portal.Services).RunAsync();
        var id = Directory.GetFiles(Path.Combine(portal.Folder, "terminals")).Select(Path.GetFileNameWithoutExtension).Single();
        using var browser = await portal.SignedInAsync();
        using var answer = await browser.GetAsync(new Uri($"/terminals/{id}/recording", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, "application/x-asciicast"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("bench version", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var missing = await browser.GetAsync(new Uri($"/terminals/{Guid.CreateVersion7()}/recording", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}

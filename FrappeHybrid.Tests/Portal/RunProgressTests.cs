using Bunit;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class RunProgressTests
{
    private const string Module = "./Components/Controls/RunProgress.razor.js";

    [Theory]
    [InlineData(RunKind.Job)]
    [InlineData(RunKind.Play)]
    public async Task Running_PlayOrJob_ShowsWhatIsComingAndFollowsTheRunningStep(RunKind kind)
    {
        await using var page = await PageContext.StartAsync();
        var run = RunOf(kind, RunState.Running, StepState.Success, StepState.Running, StepState.Pending);
        var shown = page.Render<RunProgress>(parameters => parameters.Add(each => each.Run, run));

        Assert.Equal(["Step 1", "Step 2", "Step 3"], shown.FindAll(".title").Select(title => title.TextContent));
        shown.WaitForAssertion(() => Assert.Contains("Step 2", shown.Find("[aria-current=step]").TextContent, StringComparison.Ordinal));
        Assert.Equal("40", shown.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Empty(shown.FindAll("[role=alert]"));
    }

    [Theory]
    [InlineData(RunKind.Job, "Try again")]
    [InlineData(RunKind.Play, "Try again from “Step 2”")]
    public async Task Failed_PlayOrJob_SaysWhyAndOffersARetry(RunKind kind, string retry)
    {
        await using var page = await PageContext.StartAsync();
        var isRetried = false;
        var run = RunOf(kind, RunState.Failure, StepState.Success, StepState.Failure, StepState.Pending) with { Error = new Error("x", "MariaDB does not answer.", "Look at it.", "(2003)"), CanRetry = true };
        var shown = page.Render<RunProgress>(parameters => parameters.Add(each => each.Run, run).Add(each => each.OnRetry, () => isRetried = true));

        Assert.Equal("MariaDB does not answer.", shown.Find(".what:not(.step .what)").TextContent);
        var button = shown.Find("[role=alert] button");
        Assert.Equal(retry, button.TextContent.Trim());
        button.Click();
        Assert.True(isRetried);
        Assert.Contains("Step 2", shown.Find("[aria-current=step]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_WithoutTheRight_AreNotOffered()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<RunProgress>(parameters => parameters.Add(each => each.Run, RunOf(RunKind.Job, RunState.Running, StepState.Running) with { CanCancel = true }));
        Assert.DoesNotContain(shown.FindAll("button"), button => button.TextContent.Contains("Cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Output_HostileText_GoesToTheScriptAsPlainTextOnce()
    {
        await using var page = await PageContext.StartAsync();
        var run = RunOf(RunKind.Job, RunState.Running, StepState.Running);
        await using (var db = await page.Core.DbAsync())
        {
            db.RunOutputs.Add(new RunOutput { RunId = run.Id, StepKey = "step-1", Text = "\u001b]0;x\u0007\u001b[31m<b>one</b>\u001b[0m\n" });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var module = page.JSInterop.SetupModule(Module);
        var viewer = module.SetupModule("start", _ => true);
        viewer.SetupVoid("replace", _ => true).SetVoidResult();
        viewer.SetupVoid("append", _ => true).SetVoidResult();
        var shown = page.Render<RunProgress>(parameters => parameters.Add(each => each.Run, run));

        shown.WaitForAssertion(() => Assert.Equal("<b>one</b>\n", Assert.Single(viewer.Invocations["replace"]).Arguments[0]));
        Assert.DoesNotContain("b&gt;one", shown.Markup, StringComparison.Ordinal);

        await using (var db = await page.Core.DbAsync())
        {
            db.RunOutputs.Add(new RunOutput { RunId = run.Id, StepKey = "step-1", Text = "two\n" });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        page.Core.Get<FrappeHybrid.Core.Data.LiveChanges>().Publish(new FrappeHybrid.Core.Data.LiveChange(nameof(RunOutput), run.Id, run.Place.TeamId));
        shown.WaitForAssertion(() => Assert.Equal("two\n", Assert.Single(viewer.Invocations["append"]).Arguments[0]), TimeSpan.FromMinutes(1));
    }

    private static RunView RunOf(RunKind kind, RunState state, params StepState[] steps)
    {
        var start = DateTimeOffset.UnixEpoch;
        return new RunView(
            Guid.CreateVersion7(), new FrappeHybrid.Core.Teams.Place(Guid.CreateVersion7()), kind, "Set up server", "web-1", state, start, start, state is RunState.Running ? null : start.AddMinutes(1),
            [.. steps.Select((step, index) => new RunStepView(index + 1, $"step-{index + 1}", $"Step {index + 1}", step, step is StepState.Pending ? null : start, step is StepState.Success ? start.AddSeconds(3) : null, step is StepState.Running ? 40 : null, null, null))],
            null, null, false, false);
    }
}

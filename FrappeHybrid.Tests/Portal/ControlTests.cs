using Bunit;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class ControlTests : BunitContext
{
    public ControlTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddRadzenComponents();
        Services.AddScoped<ViewerTime>();
    }

    [Fact]
    public void StateChip_AnyState_HasAShapeAndAWord()
    {
        foreach (var look in Enum.GetValues<ServerState>().Select(StateLook.Of).Concat(Enum.GetValues<RunState>().Select(StateLook.Of)).Concat(Enum.GetValues<SiteState>().Select(StateLook.Of)))
        {
            var chip = Render<StateChip>(parameters => parameters.Add(each => each.Look, look));
            Assert.NotEmpty(chip.Find("svg").InnerHtml);
            Assert.Equal(look.Word, chip.Find(".word").TextContent);
        }
    }

    [Fact]
    public void StateChip_Bare_KeepsTheWordForReaders()
    {
        var chip = Render<StateChip>(parameters => parameters.Add(each => each.Look, StateLook.Of(ServerState.Broken)).Add(each => each.IsBare, true));
        Assert.Equal("Broken", chip.Find(".visually-hidden").TextContent);
    }

    [Fact]
    public void ErrorNotice_RawText_IsFoldedAndNeverMarkup()
    {
        var notice = Render<ErrorNotice>(parameters => parameters.Add(each => each.Error, new Error("x", "It failed.", "Do this.", "\u001b[31m<script>alert(1)</script>")));
        Assert.Equal("It failed.", notice.Find(".what").TextContent);
        Assert.Equal("Do this.", notice.Find(".advice").TextContent);
        Assert.False(notice.Find("details").HasAttribute("open"));
        Assert.Equal("<script>alert(1)</script>", notice.Find("pre").TextContent);
        Assert.Empty(notice.FindAll("script"));
    }

    [Fact]
    public void EmptyState_OneSentenceOneButton()
    {
        var empty = Render<EmptyState>(parameters => parameters.Add(each => each.Sentence, "Nothing yet.").AddChildContent("<a class=\"button\">Add</a>"));
        Assert.Equal("Nothing yet.", empty.Find("p").TextContent);
        Assert.Single(empty.FindAll(".button"));
    }

    [Fact]
    public void RelativeTime_HasTheExactTimeOnHover()
    {
        var at = new DateTimeOffset(2026, 11, 21, 22, 4, 10, TimeSpan.Zero);
        Assert.Equal("22:04:10 UTC, 21 November 2026", Render<RelativeTime>(parameters => parameters.Add(each => each.At, at)).Find("time").GetAttribute("title"));
    }

    [Fact]
    public void Duration_WithoutAnEnd_CountsOn()
    {
        var ended = Render<Duration>(parameters => parameters.Add(each => each.From, DateTimeOffset.UnixEpoch).Add(each => each.To, DateTimeOffset.UnixEpoch.AddSeconds(72)));
        Assert.Equal("1 m 12 s", ended.Find("span").TextContent);
        var counting = Render<Duration>(parameters => parameters.Add(each => each.From, TimeProvider.System.GetUtcNow()));
        Assert.EndsWith(" s", counting.Find("span").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyField_Copied_SaysSo()
    {
        JSInterop.SetupModule("./Components/Controls/CopyField.razor.js").Setup<bool>("copy", "ssh-ed25519 AAAA").SetResult(true);
        var field = Render<CopyField>(parameters => parameters.Add(each => each.Text, "ssh-ed25519 AAAA").Add(each => each.Label, "public key"));
        field.Find("button").Click();
        field.WaitForAssertion(() => Assert.Contains("Copied", field.Find("button").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void ConfirmByName_OnlyTheNameItself_OpensTheRedButton()
    {
        var confirm = Render<ConfirmByName>(parameters => parameters.Add(each => each.Name, "shop.example.com").Add(each => each.Consequence, "It is gone.").Add(each => each.Verb, "Give up"));
        Assert.True(confirm.Find(".danger").HasAttribute("disabled"));
        confirm.Find("input").Input("shop.example.co");
        Assert.True(confirm.Find(".danger").HasAttribute("disabled"));
        confirm.Find("input").Input("shop.example.com");
        Assert.False(confirm.Find(".danger").HasAttribute("disabled"));
    }

    [Fact]
    public void Ready_BeforeTheData_IsASkeletonAndDoesNotTouchTheContent()
    {
        var isDrawn = false;
        var waiting = Render<Ready>(parameters => parameters.Add(each => each.Is, false).Add(each => each.ChildContent, builder => isDrawn = true));
        Assert.NotNull(waiting.Find("[role=status]"));
        Assert.False(isDrawn);
    }

    [Fact]
    public void NewPassword_Generated_IsShownAndPasses()
    {
        string? made = null;
        var field = Render<NewPassword>(parameters => parameters.Add(each => each.ValueChanged, value => made = value));
        field.FindAll("button")[1].Click();
        Assert.True(AdministratorPassword.IsValid(made));
        Assert.Equal("text", field.Find("input").GetAttribute("type"));
    }
}

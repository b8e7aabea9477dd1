using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class WorkspaceTests
{
    [Fact]
    public void Visit_SamePageWithAnotherQuery_KeepsOneTabWithTheNewAddress()
    {
        var workspace = new Workspace();
        workspace.Visit("/sites", "/sites");
        workspace.Visit("/sites", "/sites?find=shop");
        Assert.Equal(["/", "/sites?find=shop"], workspace.Tabs.Select(tab => tab.Url));
    }

    [Fact]
    public void Close_TabInTheMiddle_GoesToItsNeighbour()
    {
        var workspace = new Workspace();
        workspace.Visit("/servers", "/servers");
        workspace.Keep("/servers");
        workspace.Visit("/sites", "/sites?find=a");
        Assert.Equal("/sites?find=a", workspace.Close("/servers"));
        Assert.Equal("/", workspace.Close("/"));
        Assert.Equal(["/", "/sites"], workspace.Tabs.Select(tab => tab.Path));
    }

    [Fact]
    public void Visit_PagesThatNobodyKeeps_TakeOneAnothersTab()
    {
        var workspace = new Workspace();
        workspace.Visit("/servers", "/servers");
        workspace.Visit("/sites", "/sites");
        workspace.Keep("/sites");
        workspace.Visit("/jobs", "/jobs");
        workspace.Visit("/benches", "/benches");
        Assert.Equal(["/", "/sites", "/benches"], workspace.Tabs.Select(tab => tab.Path));
        Assert.Equal(["/benches"], workspace.Tabs.Where(tab => tab.IsPreview).Select(tab => tab.Path));
    }

    [Fact]
    public void Visit_TabThatIsKept_LeavesThePreviewAlone()
    {
        var workspace = new Workspace();
        workspace.Visit("/sites", "/sites");
        workspace.Keep("/sites");
        workspace.Visit("/jobs", "/jobs");
        workspace.Visit("/sites", "/sites?find=a");
        Assert.Equal(["/", "/sites?find=a", "/jobs"], workspace.Tabs.Select(tab => tab.Url));
    }

    [Fact]
    public void CloseOthers_LeavesTheOverviewAndThisOne()
    {
        var workspace = new Workspace();
        foreach (var path in (string[])["/sites", "/jobs", "/servers"])
        {
            workspace.Visit(path, path);
            workspace.Keep(path);
        }

        workspace.CloseOthers("/jobs");
        Assert.Equal(["/", "/jobs"], workspace.Tabs.Select(tab => tab.Path));
    }

    [Fact]
    public void Import_TabThatWasKept_IsKept()
    {
        var workspace = new Workspace();
        workspace.Visit("/sites", "/sites");
        workspace.Keep("/sites");
        workspace.Remember("go-jobs:0");
        var other = new Workspace();
        other.Visit("/sites", "/sites");
        other.NameTab("/sites", "Sites", false, IconName.Site);
        other.Import(workspace.Export());
        Assert.False(other.Tabs.Single(tab => tab.Path == "/sites").IsPreview);
        Assert.Equal(["go-jobs:0"], other.Recent);
    }

    [Fact]
    public void Import_AnotherPageIsOpen_TakesThePreviewOver()
    {
        var workspace = new Workspace();
        workspace.Visit("/sites", "/sites");
        var other = new Workspace();
        other.Visit("/jobs", "/jobs");
        other.Import(workspace.Export());
        Assert.Equal(["/", "/jobs"], other.Tabs.Select(tab => tab.Path));
    }

    [Fact]
    public void Remember_SameThingAgain_ComesFirstAndOnce()
    {
        var workspace = new Workspace();
        foreach (var key in (string[])["a", "b", "a"])
            workspace.Remember(key);
        Assert.Equal(["a", "b"], workspace.Recent);
    }

    [Fact]
    public void Import_WhatWasExported_IsTheSameDesktop()
    {
        var node = Guid.CreateVersion7();
        var workspace = new Workspace();
        workspace.Visit("/sites", "/sites");
        workspace.NameTab("/sites", "Sites", false, IconName.Site);
        workspace.Keep("/sites");
        workspace.Fold(node);
        workspace.KeepConsole(new DockConsole(Guid.CreateVersion7(), "service:main:backend"));

        var other = new Workspace();
        other.Visit("/jobs", "/jobs");
        other.Import(workspace.Export());

        Assert.Equal(["/", "/sites", "/jobs"], other.Tabs.Select(tab => tab.Path));
        Assert.Equal("Sites", other.Tabs[1].Title);
        Assert.True(other.IsFolded(node));
        Assert.True(other.IsDockOpen);
        Assert.Equal(workspace.DockTab, other.DockTab);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("{}")]
    public void Import_NothingUsable_LeavesTheDesktopAsItIs(string? stored)
    {
        var workspace = new Workspace();
        workspace.Visit("/jobs", "/jobs");
        workspace.Import(stored);
        Assert.Equal(["/", "/jobs"], workspace.Tabs.Select(tab => tab.Path));
    }
}

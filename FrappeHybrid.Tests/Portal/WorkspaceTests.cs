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
        workspace.Visit("/sites", "/sites?find=a");
        Assert.Equal("/sites?find=a", workspace.Close("/servers"));
        Assert.Equal("/", workspace.Close("/"));
        Assert.Equal(["/", "/sites"], workspace.Tabs.Select(tab => tab.Path));
    }

    [Fact]
    public void Import_WhatWasExported_IsTheSameDesktop()
    {
        var node = Guid.CreateVersion7();
        var workspace = new Workspace();
        workspace.Visit("/sites", "/sites");
        workspace.NameTab("/sites", "Sites", false, IconName.Site);
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

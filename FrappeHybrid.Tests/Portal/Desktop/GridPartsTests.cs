using FrappeHybrid.Portal.Components.Controls.Grids;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed class GridPartsTests
{
    private static readonly List<Guid> Rows = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public void Extend_goes_from_the_row_that_was_touched_last()
    {
        var selection = new GridSelection();
        selection.Toggle(Rows[1]);
        selection.Extend(Rows, Rows[3]);
        Assert.Equal([false, true, true, true, false], Rows.Select(selection.Has));
        selection.Toggle(Rows[2]);
        Assert.Equal(2, selection.Count);
    }

    [Fact]
    public void Extend_without_a_beginning_takes_the_row_alone()
    {
        var selection = new GridSelection();
        selection.Extend(Rows, Rows[2]);
        Assert.Equal([false, false, true, false, false], Rows.Select(selection.Has));
        selection.Extend(Rows, Rows[0]);
        Assert.Equal(3, selection.Count);
    }

    [Fact]
    public void Keep_forgets_what_is_not_there_any_more()
    {
        var selection = new GridSelection();
        selection.All(Rows);
        selection.Keep(Rows.Take(2));
        Assert.Equal(2, selection.Count);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("name", "name")]
    [InlineData("-name", "-name")]
    public void Parse_reads_what_stands_in_the_address(string? text, string? sort) => Assert.Equal(sort, GridSort.Parse(text)?.ToString());

    [Fact]
    public void Next_goes_up_then_down_then_back_to_how_it_came()
    {
        var up = GridSort.Next(null, "name");
        var down = GridSort.Next(up, "name");
        Assert.Equal(("name", "-name", null), (up?.ToString(), down?.ToString(), GridSort.Next(down, "name")?.ToString()));
        Assert.Equal("state", GridSort.Next(down, "state")?.ToString());
    }
}

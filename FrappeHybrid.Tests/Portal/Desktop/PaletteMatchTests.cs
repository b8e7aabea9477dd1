using FrappeHybrid.Portal.Components.Layout;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed class PaletteMatchTests
{
    [Theory]
    [InlineData("", "anything")]
    [InlineData("ns", "New site")]
    [InlineData("new", "New site")]
    [InlineData("site new", "New site")]
    [InlineData("shp", "shop.example.com")]
    [InlineData("SEC", "shop.example.com")]
    // The second letter's nearest beginning of a word leaves nothing for the third.
    [InlineData("xac", "xacx a")]
    public void Letters_in_their_order_fit(string typed, string text) => Assert.NotNull(PaletteMatch.Score(typed, text));

    [Theory]
    [InlineData("sn", "New site")]
    [InlineData("shopz", "shop.example.com")]
    [InlineData("new bench", "New site")]
    public void Letters_out_of_order_or_missing_do_not(string typed, string text) => Assert.Null(PaletteMatch.Score(typed, text));

    [Theory]
    // What begins with it, before what has it inside, before what has its letters apart.
    [InlineData("shop", "shop.example.com", "workshop.example.com")]
    [InlineData("shop", "my-shop.example.com", "workshop.example.com")]
    [InlineData("site", "website.example.com", "sanitised")]
    // Beginnings of words, before letters inside.
    [InlineData("ns", "New site", "Transfer")]
    // Of two that fit alike, the shorter.
    [InlineData("back", "Backups", "Backups of everything")]
    public void The_better_fit_is_ranked_higher(string typed, string better, string worse) => Assert.True(PaletteMatch.Score(typed, better) > PaletteMatch.Score(typed, worse));
}

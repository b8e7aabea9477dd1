using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Layout;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed class TreeRowsTests
{
    private static readonly Guid Team = Guid.CreateVersion7();
    private static readonly EstateServer Web = new(Guid.CreateVersion7(), Team, "web", "192.0.2.1", ServerState.Active, null);
    private static readonly EstateServer Bare = new(Guid.CreateVersion7(), Team, "bare", "192.0.2.2", ServerState.Unreachable, "It does not answer.");
    private static readonly EstateBench Main = new(Guid.CreateVersion7(), Team, Web.Id, "main", BenchState.Active, null);
    private static readonly EstateBench Old = new(Guid.CreateVersion7(), Team, Web.Id, "old", BenchState.Active, null);
    private static readonly EstateSite Shop = new(Guid.CreateVersion7(), Team, Web.Id, Main.Id, "shop.example.com", SiteState.Active, null);
    private static readonly EstateSite Books = new(Guid.CreateVersion7(), Team, Web.Id, Main.Id, "books.example.com", SiteState.Active, null);
    private static readonly EstateView Estate = new([Bare, Web], [Main, Old], [Books, Shop]);

    [Fact]
    public void Nothing_is_folded_everything_is_there_in_its_order()
    {
        var rows = TreeRows.Of(Estate, new HashSet<Guid>(), "");
        Assert.Equal(["bare", "web", "main", "books.example.com", "shop.example.com", "old"], rows.Select(row => row.Thing.Name));
        Assert.Equal([1, 1, 2, 3, 3, 2], rows.Select(row => row.Level));
        Assert.Equal([(1, 2), (2, 2), (1, 2), (1, 2), (2, 2), (2, 2)], rows.Select(row => (row.Position, row.Siblings)));
        Assert.Equal([null, true, true, null, null, null], rows.Select(row => row.IsOpen));
    }

    [Fact]
    public void What_is_folded_hides_what_is_in_it_alone()
    {
        Assert.Equal(["bare", "web", "main", "old"], TreeRows.Of(Estate, new HashSet<Guid> { Main.Id }, "").Select(row => row.Thing.Name));
        Assert.Equal(["bare", "web"], TreeRows.Of(Estate, new HashSet<Guid> { Web.Id }, "").Select(row => row.Thing.Name));
    }

    [Theory]
    [InlineData("shop", "web main shop.example.com")]
    [InlineData("MAIN", "web main books.example.com shop.example.com")]
    [InlineData("192.0.2.1", "web main books.example.com shop.example.com old")]
    [InlineData("shop example", "web main shop.example.com")]
    [InlineData("bare", "bare")]
    [InlineData("nowhere", "")]
    public void A_filter_takes_what_has_the_words_with_what_it_lies_in_folded_or_not(string filter, string names) =>
        Assert.Equal(names, string.Join(' ', TreeRows.Of(Estate, new HashSet<Guid> { Web.Id, Main.Id }, filter).Select(row => row.Thing.Name)));
}

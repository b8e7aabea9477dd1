using FrappeHybrid.Agent.Servers;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Servers;

/// <summary>The walk counts as `du` does, on a real file system.</summary>
public sealed class DiskWalkTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("disk-walk-").FullName;

    [Fact]
    public async Task It_counts_as_du_does_and_follows_no_links()
    {
        await MakeTreeAsync();
        var walk = NewWalk();

        var bytes = walk.Of(folder);

        var du = await Shell.RunAsync("du", "-s", "-x", "-B1", folder);
        Assert.Equal(long.Parse(du.Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture), bytes);
        Assert.False(walk.IsCut);

        // The sparse file alone would be a terabyte, the links the whole machine.
        Assert.InRange(bytes, 3 << 20, 8 << 20);
    }

    [Fact]
    public async Task What_was_counted_is_no_part_of_the_folder_around_it()
    {
        await MakeTreeAsync();
        var whole = NewWalk().Of(folder);
        var walk = NewWalk();

        var part = walk.Of(Path.Combine(folder, "site"));
        var rest = walk.Of(folder);

        Assert.True(part > 2 << 20, $"{part}");
        Assert.Equal(whole, part + rest);
        Assert.Equal(0, walk.Of(folder));
    }

    [Fact]
    public async Task It_stops_when_its_time_is_up_and_says_so()
    {
        await MakeTreeAsync();
        var time = new FakeTime();
        var walk = new DiskWalk(TimeSpan.Zero, time, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(1));

        walk.Of(folder);

        Assert.True(walk.IsCut);
    }

    [Fact]
    public void A_folder_that_is_not_there_takes_nothing() => Assert.Equal(0, NewWalk().Of(Path.Combine(folder, "none")));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static DiskWalk NewWalk() => new(TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);

    private async Task MakeTreeAsync()
    {
        var site = Directory.CreateDirectory(Path.Combine(folder, "site", "private", "files")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(site, "large"), new byte[2 << 20]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "other"), new byte[1 << 20]);
        await Shell.RunAsync("ln", Path.Combine(site, "large"), Path.Combine(site, "same"));
        File.CreateSymbolicLink(Path.Combine(site, "root"), "/");
        File.CreateSymbolicLink(Path.Combine(site, "loop"), "..");
        await Shell.RunAsync("truncate", "-s", "1T", Path.Combine(folder, "sparse"));
    }
}

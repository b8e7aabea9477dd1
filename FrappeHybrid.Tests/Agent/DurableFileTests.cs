using FrappeHybrid.Agent.Settings;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

public sealed class DurableFileTests
{
    [Fact]
    public void What_killed_writes_have_left_is_taken_away_and_nothing_else()
    {
        using var root = new TemporaryRoot();
        string[] left = [".bench.json.new", "main/sites/shop.example.com/.site_config.json.new"];
        string[] stays = ["bench.json", "new", "main/.new", "main/sites/shop.example.com/public/.deeper.json.new"];
        foreach (var file in left.Concat(stays))
        {
            var path = Path.Combine(root.Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{");
        }

        DurableFile.RemoveLeftovers(root.Folder, levels: 3);
        DurableFile.RemoveLeftovers(Path.Combine(root.Folder, "none"), levels: 3);

        Assert.Equal(stays.Order(StringComparer.Ordinal), Directory.EnumerateFiles(root.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Select(file => Path.GetRelativePath(root.Folder, file)).Order(StringComparer.Ordinal));
    }
}

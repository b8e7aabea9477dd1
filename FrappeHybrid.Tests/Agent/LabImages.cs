using System.Text.Json;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>The images that FrappeHybrid.Tests/Lab/prepare has put into this machine's engine.</summary>
internal sealed record LabImages(string MariaDb, string Redis, string Release, string NewerRelease)
{
    /// <summary>The images; a test that needs them is skipped where the lab has not been prepared.</summary>
    public static LabImages Require()
    {
        var file = Path.Combine(Repository.Artifacts, "lab", "lab.json");
        if (!File.Exists(file))
            Assert.Skip("The lab is not prepared: run FrappeHybrid.Tests/Lab/prepare.");

        using var lab = JsonDocument.Parse(File.ReadAllText(file));
        return new LabImages(
            lab.RootElement.GetProperty("mariaDbLocalImage").GetString()!,
            lab.RootElement.GetProperty("redisLocalImage").GetString()!,
            lab.RootElement.GetProperty("releases")[0].GetProperty("localImage").GetString()!,
            lab.RootElement.GetProperty("releases")[1].GetProperty("localImage").GetString()!);
    }
}

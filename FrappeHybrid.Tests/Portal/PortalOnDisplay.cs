using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The seeded portal to look at with a browser: `-explicit only -class FrappeHybrid.Tests.Portal.PortalOnDisplay`; ends when the file in the temporary folder is gone.</summary>
public sealed class PortalOnDisplay
{
    [Fact(Explicit = true)]
    public async Task Stays_until_told()
    {
        await using var portal = await TestPortal.StartAsync(url: "http://127.0.0.1:5098");
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        var sign = Path.Combine(Path.GetTempPath(), "portal-on-display.json");
        await File.WriteAllTextAsync(sign, System.Text.Json.JsonSerializer.Serialize(seed), Xunit.TestContext.Current.CancellationToken);
        for (var line = 240; File.Exists(sign); line++)
        {
            portal.Agent.Write(PortalSeed.Line(line));
            await Task.Delay(400, Xunit.TestContext.Current.CancellationToken);
        }
    }
}

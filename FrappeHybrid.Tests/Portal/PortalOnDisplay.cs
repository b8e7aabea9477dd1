using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The seeded portal to look at with a browser: `-explicit only -class FrappeHybrid.Tests.Portal.PortalOnDisplay`; ends when the file in the temporary folder is gone.</summary>
public sealed class PortalOnDisplay
{
    [Fact(Explicit = true)]
    public async Task Stays_until_told()
    {
        // PORTAL_ON_DISPLAY=5094 shows another one beside the first.
        var port = Environment.GetEnvironmentVariable("PORTAL_ON_DISPLAY") ?? "5098";
        await using var portal = await TestPortal.StartAsync(url: $"http://127.0.0.1:{port}");
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        var work = new DisplayedWork(portal);
        var sign = Path.Combine(Path.GetTempPath(), port == "5098" ? "portal-on-display.json" : $"portal-on-display-{port}.json");
        await File.WriteAllTextAsync(sign, System.Text.Json.JsonSerializer.Serialize(seed), Xunit.TestContext.Current.CancellationToken);
        for (var line = 240; File.Exists(sign); line++)
        {
            portal.Agent.Write(PortalSeed.Line(line));
            await work.GoOnAsync();
            await Task.Delay(400, Xunit.TestContext.Current.CancellationToken);
        }
    }
}

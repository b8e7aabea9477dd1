using FrappeHybrid.Tests.Lab;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>A bare server, the portal as a process and a customer at a browser; when a test fails, a screenshot and the portal's output are kept.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo data;

    private Stage(LabServer server, PortalProcess portal, Customer customer, DirectoryInfo data)
    {
        Server = server;
        Portal = portal;
        Customer = customer;
        this.data = data;
    }

    public LabServer Server { get; }

    public PortalProcess Portal { get; }

    public Customer Customer { get; }

    public static async Task<Stage> SetAsync(CancellationToken cancel)
    {
        var lab = LabDescription.Read();
        var folder = Directory.CreateTempSubdirectory("frappe-hybrid-e2e-");
        var server = await LabServer.StartAsync(lab, cancel: cancel);
        PortalProcess? portal = null;
        try
        {
            portal = new PortalProcess(lab.PortalSettings(folder.FullName), folder.FullName);
            await portal.StartAsync(cancel);
            return new Stage(server, portal, await Customer.ArriveAsync(portal.Url, server), folder);
        }
        catch
        {
            if (portal is not null)
                await portal.DisposeAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether any file of the portal's data holds the text.</summary>
    public async Task<bool> DataHoldsAsync(string text)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(text);
        foreach (var file in data.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if ((await File.ReadAllBytesAsync(file.FullName)).AsSpan().IndexOf(wanted) >= 0)
                return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result is TestResult.Failed)
            await KeepEvidenceAsync(TestContext.Current.TestMethod?.MethodName ?? "test");
        await Customer.DisposeAsync();
        await Portal.DisposeAsync();
        await Server.DisposeAsync();
        data.Delete(recursive: true);
    }

    private async Task KeepEvidenceAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "results"));
        await Customer.Page.ScreenshotAsync(new() { Path = Path.Combine(folder.FullName, $"{name}.png") });
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.txt"), $"{Customer.Page.Url}\n{string.Join('\n', Customer.Messages)}\n\n{Portal.Output}");
    }
}

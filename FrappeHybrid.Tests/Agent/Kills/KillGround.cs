using System.Globalization;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>A server with a bench and a site that all cases of one half of the table share. A case that went wrong has spoiled it: the next one gets another bench and site.</summary>
public sealed class KillGround : IAsyncDisposable
{
    /// <summary>Every password that cases type.</summary>
    public const string Password = "Adm1n-of-the-kills!";

    private AgentServer? server;
    private BenchName? bench;
    private SiteName? site;
    private int number;
    private string? type;

    internal AgentServer Server => server ?? throw new InvalidOperationException("The ground is not laid.");

    /// <summary>A bench that serves, with the lab's first release.</summary>
    internal BenchName Bench => bench ?? throw new InvalidOperationException("The ground is not laid.");

    /// <summary>A site of that bench that serves, with frappe and erpnext; its administrator's password is <see cref="Password"/>.</summary>
    internal SiteName Site => site ?? throw new InvalidOperationException("The ground is not laid.");

    /// <summary>The last name that <see cref="Fresh"/> gave.</summary>
    internal string Name { get; private set; } = "";

    /// <summary>Anything that the case's methods have to tell each other. It stays until a job of the type was finished: one that was undone has left everything as it was.</summary>
    internal Dictionary<string, object> Notes { get; } = [];

    /// <summary>Passwords and keys beside <see cref="Password"/> that cases send to the Agent: none may be seen anywhere afterwards.</summary>
    internal List<string> Secrets { get; } = [];

    /// <summary>A short name that nothing on the server has; also kept in <see cref="Name"/>.</summary>
    internal string Fresh() => Name = string.Create(CultureInfo.InvariantCulture, $"k{++number}");

    internal async Task LayAsync(KillCase? row = null)
    {
        if (row is null || type != row.Type.Key)
            Notes.Clear();

        type = row?.Type.Key;
        server ??= await AgentServer.CreateAsync();
        if (site is not null)
            return;

        bench = await NewBenchAsync();
        site = await NewSiteAsync("erpnext");
    }

    /// <summary>Something went wrong: whatever comes next must not build on it.</summary>
    internal async Task SpoilAsync()
    {
        Notes.Clear();
        site = null;
        bench = null;
        if (server is { } spoiled)
        {
            server = null;
            await spoiled.DisposeAsync();
        }
    }

    /// <summary>Another bench that serves.</summary>
    internal async Task<BenchName> NewBenchAsync()
    {
        var name = BenchName.Parse($"{Server.Prefix}-{Fresh()}");
        await SucceedAsync(await Server.NewBenchAsync(name));
        return name;
    }

    /// <summary>Another site of the shared bench that serves.</summary>
    internal async Task<SiteName> NewSiteAsync(params string[] apps)
    {
        var name = SiteName.Parse($"{Fresh()}.example.com");
        await SucceedAsync(await Server.NewSiteAsync(Bench, name.Value, Password, apps));
        return name;
    }

    /// <summary>POSTs the order of a job.</summary>
    internal Task<Guid> OrderAsync(string path, string body) => Server.OrderAsync(HttpMethod.Post, path, body);

    /// <summary>Waits for a job's end, which must be good, and gives it.</summary>
    internal async Task<JobSnapshot> SucceedAsync(Guid id)
    {
        var job = await Server.UntilEndAsync(id);
        Assert.True(job.State == JobState.Success, $"{job.Type} ended as {job.State}: {job.Error}");
        return job;
    }

    /// <summary>The shared site answers through nginx as a visitor sees it.</summary>
    internal async Task AssertServesAsync() => Assert.Equal(200, (await Server.ReadAsync(Bench, Site)).Status);

    public async ValueTask DisposeAsync() => await SpoilAsync();
}

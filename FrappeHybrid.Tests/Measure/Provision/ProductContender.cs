using FrappeHybrid.Core;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FrappeHybrid.Tests.Measure.Provision;

/// <summary>
/// The product's play, in this process, with its real transport and a portal.db of its own. Like a portal it runs already when the clock starts,
/// and the server is a draft whose wizard is through: host key confirmed, key accepted, pre-flight passed.
/// </summary>
internal sealed class ProductContender(SetUp setUp, string folder) : IContender, IAsyncDisposable
{
    private static readonly Actor Operator = new(Guid.Empty, "measure", StaffRole.Operator, []);
    private readonly Dictionary<MeasureServer, Guid> drafts = [];
    private ServiceProvider? portal;

    public string Name => "product";

    public async Task PrepareAsync(MeasureServer server)
    {
        portal ??= await StartPortalAsync();
        var time = portal.GetRequiredService<TimeProvider>();
        await using var db = await OpenAsync();
        var team = new Team { Id = NewId.At(time), Name = $"Measure {drafts.Count}", CreatedAt = time.GetUtcNow() };
        db.Teams.Add(team);
        await db.SaveChangesAsync();

        var id = (await portal.GetRequiredService<CreateServer>().RunAsync(Operator, team.Id, "Measured", CancellationToken.None)).Value;
        var draft = await db.Servers.SingleAsync(each => each.Id == id);
        var hostKey = (await File.ReadAllTextAsync(server.KnownHostsFile)).Trim().Split(' ', 2)[1];
        (draft.Address, draft.HostKey, draft.HostKeyFingerprint, draft.KeyAccepted) = (server.Address, hostKey, HostKey.TryParse(hostKey)!.Fingerprint, true);
        var row = new PreflightRow { ServerId = id, Number = 1, Key = "measure", Title = "Measure", Verdict = PreflightVerdict.Pass };
        db.PreflightReports.Add(new PreflightReport { Id = id, TeamId = team.Id, StartedAt = time.GetUtcNow(), FinishedAt = time.GetUtcNow(), Rows = [row] });
        await db.SaveChangesAsync();
        await server.AuthorizeAsync(draft.SshPublicKey);
        drafts[server] = id;
    }

    public async Task RunAsync(MeasureServer server, bool second)
    {
        var begun = await portal!.GetRequiredService<SetUpServer>().RunAsync(Operator, drafts[server], CancellationToken.None);
        if (!begun.IsDone)
            throw new InvalidOperationException(begun.Error.Message);
        await portal!.GetRequiredService<PlayRunner>().RunDueAsync(CancellationToken.None);

        await using var db = await OpenAsync();
        var play = await db.Plays.AsNoTracking().Include(each => each.Tasks).SingleAsync(each => each.Id == begun.Value);
        var tasks = play.Tasks.OrderBy(task => task.Number).ToList();
        if (play.State is not RunState.Success)
            throw new InvalidOperationException($"{play.ErrorCode}: {play.ErrorMessage}{Environment.NewLine}{await OutputAsync(db, play.Id)}");
        if (second && tasks.Where(task => task.Changed is not false).Select(task => task.Key).ToList() is { Count: > 0 } changed)
            throw new InvalidOperationException($"The second play changed something: {string.Join(", ", changed)}");
        var longest = tasks.OrderByDescending(task => task.FinishedAt - task.StartedAt).Take(6);
        Console.WriteLine("  " + string.Join(", ", longest.Select(task => FormattableString.Invariant($"{task.Key} {(task.FinishedAt - task.StartedAt)?.TotalSeconds:0.00}"))));
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    private static async Task<string> OutputAsync(PortalDb db, Guid play)
    {
        var output = string.Concat(await db.RunOutputs.Where(each => each.RunId == play).OrderBy(each => each.Id).Select(each => each.Text).ToListAsync());
        return output.Length > 3000 ? output[^3000..] : output;
    }

    private Task<PortalDb> OpenAsync() => portal!.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    private async Task<ServiceProvider> StartPortalAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection();
        services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider, EphemeralDataProtectionProvider>());
        services.AddFrappeHybridCore(new ConfigurationBuilder().AddInMemoryCollection(setUp.Lab.PortalSettings(Path.Combine(folder, "portal"))).Build());
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DatabaseStartup>().RunAsync(CancellationToken.None);
        return provider;
    }
}

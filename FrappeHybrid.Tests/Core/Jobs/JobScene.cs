using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

/// <summary>What every kind of job can be ordered on: a server with a bench and its site, a bench of a newer release without any, a backup, a private registry.</summary>
internal sealed class JobScene : IAsyncDisposable
{
    /// <summary>Every password, key and secret value that a person types here, as part of it.</summary>
    public const string Canary = "Canary-4711-Password";

    private JobScene(TestCore core) => Core = core;

    /// <summary>The portal as it runs now; another one after a kill.</summary>
    public TestCore Core { get; private set; }

    public Actor Owner => Core.Owner;

    public Server Server { get; private set; } = null!;

    public Bench Bench { get; private set; } = null!;

    public Bench Newer { get; private set; } = null!;

    public Site Site { get; private set; } = null!;

    public Guid Backup { get; private set; }

    /// <summary>Everything that all portals of the scene have logged.</summary>
    public List<LogSink> Logs { get; } = [];

    private static CancellationToken Cancel => TestCore.Cancel;

    /// <summary>The scene, with the job ordered and nothing sent yet.</summary>
    public static async Task<(JobScene Scene, Guid Job)> OrderAsync(JobCase wanted)
    {
        var scene = new JobScene(await TestCore.StartAsync());
        await scene.LayAsync();
        scene.Core.Agent.Type = wanted.Type;
        var refused = await wanted.OrderAsync(scene);
        Assert.True(refused is null, $"{wanted}: {refused?.Code} {refused?.Message}");
        await using var db = await scene.Core.DbAsync();
        return (scene, await db.Jobs.Where(job => job.Type == wanted.Type.Key).Select(job => job.Id).SingleAsync(Cancel));
    }

    /// <summary>SIGKILL, and a new portal on what was stored.</summary>
    /// <param name="end">Ends what works in the killed one; what it does on the way is lost with it.</param>
    public async Task KillAsync(Func<ValueTask> end)
    {
        var killed = Core;
        Core = await killed.AfterKillAsync();
        Logs.Add(Core.Logs);
        await end();
        await killed.DisposeAsync();
    }

    /// <summary>The site in another state, as an earlier job has left it.</summary>
    public async Task ChangeSiteAsync(Action<Site> change)
    {
        await using var db = await Core.DbAsync();
        change(await db.Sites.SingleAsync(site => site.Id == Site.Id, Cancel));
        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>All that the portal knows, without ids and times: two ways that lead to the same must read the same.</summary>
    public async Task<string> LookAsync()
    {
        var told = (await Core.ServerAsync(Server.Id)).FeedNumber;
        await using var db = await Core.DbAsync();
        IEnumerable<string> lines =
        [
            .. (await db.Jobs.AsNoTracking().Include(job => job.Steps).ToListAsync(Cancel)).Select(job =>
                $"job {job.Type} {job.State} {job.ErrorCode} {(job.ResultJson is null ? "no result" : "result")} {string.Concat(job.Steps.OrderBy(step => step.Number).Select(step => step.State.ToString()[0]))}"),
            .. (await db.Sites.AsNoTracking().ToListAsync(Cancel)).Select(site =>
                $"site {site.Name} {site.State} {site.StateReason} in {(site.BenchId == Bench.Id ? "its bench" : "another")} {string.Join(',', site.Apps)} {site.PrimaryDomain} {site.Trash?.CanComeBack}"),
            .. (await db.Benches.AsNoTracking().ToListAsync(Cancel)).Select(bench => string.Create(CultureInfo.InvariantCulture, $"bench {bench.Name} {bench.State} {bench.StateReason} {bench.FrontendPort}")),
            .. (await db.Backups.AsNoTracking().ToListAsync(Cancel)).Select(backup => $"backup {backup.State}"),
            .. (await db.SiteDomains.AsNoTracking().ToListAsync(Cancel)).Select(domain => $"domain {domain.Name} {domain.State}"),
            .. (await db.Activity.AsNoTracking().ToListAsync(Cancel)).Select(entry => $"activity {entry.Act} {entry.Summary}"),
            .. (await db.RunOutputs.AsNoTracking().OrderBy(output => output.Id).ToListAsync(Cancel)).GroupBy(output => output.StepKey).Select(step => $"output {step.Key} {string.Concat(step.Select(output => output.Text))}"),
            string.Create(CultureInfo.InvariantCulture, $"feed {told}"),
        ];
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => Core.DisposeAsync();

    private async Task LayAsync()
    {
        Logs.Add(Core.Logs);
        Server = await Core.AddServerAsync();
        Bench = await Core.AddBenchAsync(Server);
        Site = await Core.AddSiteAsync(Bench);
        Backup = await Core.AddBackupAsync(Site);
        await using var db = await Core.DbAsync();
        var release = new Release { Id = NewId.At(Core.Time), Name = "ERPNext 15.51", Version = "15.51.0", Image = ImageReference.Parse("frappe/erpnext:v15.51.0"), Apps = ["frappe", "erpnext"], CreatedAt = Core.Time.GetUtcNow() };
        Newer = new Bench { Id = NewId.At(Core.Time), TeamId = Core.Team.Id, ServerId = Server.Id, ReleaseId = release.Id, Name = BenchName.Parse("newer"), CreatedAt = Core.Time.GetUtcNow() };
        Newer.Become(BenchState.Active, null);
        db.AddRange(release, Newer, new ImageRegistry
        {
            Id = NewId.At(Core.Time),
            Host = RegistrySignIn.DefaultRegistry,
            UserName = "lab",
            PasswordProtected = Core.Get<SecretVault>().Protect(ImageRegistry.PasswordPurpose, Canary),
            AcceptedAt = Core.Time.GetUtcNow(),
        });
        await db.SaveChangesAsync(Cancel);
        Core.Agent.Before = (request, _) => Task.FromResult(request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/config", StringComparison.Ordinal)
            ? new HttpResponseMessage { Content = new StringContent(JsonSerializer.Serialize(new SiteConfigInfo("v1", []), SiteWorkJson.Default.SiteConfigInfo)) }
            : null);
    }
}

using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"New Site": a database, a folder, the apps, and the site's entry in the server's nginx.</summary>
internal sealed class NewSiteJob(
    BenchCatalog catalog, RunningBench benches, BenchProgram bench, MariaDb mariaDb, SiteEntries entries, SiteProbe probe) : IJobWork
{
    /// <summary>Frappe itself, which every site has.</summary>
    private const string FrameworkApp = "frappe";

    private const string SiteClaim = "site";
    private const string DatabaseClaim = "database";

    public JobType Type => JobTypes.NewSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var site = Read(request);
        return [JobLock.ForBench(site.Bench, alone: false), JobLock.ForSite(site.Name)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var password = job.Secret ?? throw new InvalidOperationException("The site's password file is gone.");
        var folder = catalog.Folder(request.Bench);
        var backend = BenchProgram.ContainerOf(folder);
        DatabaseName? found = null;
        var apps = request.Apps.Where(app => app.Value != FrameworkApp).Distinct().ToList();
        BenchRecord? record = null;
        var setupPassword = "";

        await job.StepAsync(NewSiteSteps.Check, async _ =>
        {
            record = await CheckAsync(request, folder, apps, cancel);
            found = await FreeDatabaseAsync(request, cancel);
            return StepOutcome.Done($"{request.Name} is free, bench {request.Bench} runs");
        });

        // Neither folder, database nor nginx entry of this site was there when the lock was taken: all that there will be is this job's.
        var database = found!;
        job.Claim(new JobClaim(DatabaseClaim, database.Value));
        job.Claim(new JobClaim(SiteClaim, request.Name.Value));
        await job.StepAsync(NewSiteSteps.CreateDatabaseUser, async _ =>
        {
            setupPassword = await mariaDb.CreateSetupUserAsync(database, cancel);
            job.Redactor.Add(setupPassword);
            return StepOutcome.Done($"{database.SetupUser}, for this job only");
        });
        await job.StepAsync(NewSiteSteps.CreateSite, async log =>
        {
            await NewSiteAsync(job, log, backend, request.Name, database, [setupPassword, password, password], cancel);
            await mariaDb.DropSetupUserAsync(database, cancel);
            return StepOutcome.Done($"database {database}");
        });
        await job.StepAsync(NewSiteSteps.InstallApps, log => InstallAsync(job, log, backend, request.Name, apps, cancel));
        await job.StepAsync(NewSiteSteps.EnableScheduler, async log =>
        {
            var result = await bench.RunAsync(job, log, backend, ["bench", "--site", request.Name.Value, "enable-scheduler"], [], cancel);
            return result.ExitCode == 0 ? StepOutcome.Done("enabled") : throw BenchFailures.Explain("The scheduler could not be enabled", result);
        });
        await job.StepAsync(NewSiteSteps.AddToNginx, async _ =>
        {
            await entries.PutAsync(folder, record!, request.Name, cancel);
            return StepOutcome.Done($"{request.Name} -> 127.0.0.1:{record!.FrontendPort}");
        });
        await job.StepAsync(NewSiteSteps.WaitUntilReady, log => probe.WaitAsync(request.Name, log, cancel));

        var installed = new List<AppName> { AppName.Parse(FrameworkApp) };
        installed.AddRange(apps);
        return JsonSerializer.SerializeToElement(new NewSiteResult(database.Value, installed), AgentJson.Default.NewSiteResult);
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        foreach (var claim in job.Claims.Where(claim => claim.Kind == SiteClaim))
        {
            var site = SiteName.Parse(claim.Value);
            var folder = catalog.Folder(request.Bench);
            using var log = job.OpenCompensationLog();
            log.Line($"Taking away {site}: nginx entry, database, folder");

            // From the outside in: nobody is sent to a site that is half gone.
            await entries.RemoveAsync(folder, site, cancel);
            foreach (var database in job.Claims.Where(each => each.Kind == DatabaseClaim))
                await mariaDb.DropAsync(DatabaseName.TryParse(database.Value, out var name) ? name : throw new InvalidOperationException("A claim names no database."), cancel);

            if (Directory.Exists(folder.SiteFolder(site)))
                Directory.Delete(folder.SiteFolder(site), recursive: true);
        }
    }

    private async Task<BenchRecord> CheckAsync(StoredSiteRequest request, BenchFolder folder, List<AppName> apps, CancellationToken cancel)
    {
        var record = await benches.RequireAsync(request.Bench, cancel);
        if (catalog.OwnerOf(request.Name) is { } owner)
            throw new JobFailedException(JobErrorCodes.SiteExists, $"{request.Name} is on this server already, in bench {owner}.", "Choose another name.");

        var missing = apps.Where(app => !record.Apps.Contains(app)).ToList();
        if (missing.Count > 0)
        {
            throw new JobFailedException(
                JobErrorCodes.AppNotInBench, $"Bench {request.Bench} has no {string.Join(", ", missing)}.", $"It has {string.Join(", ", record.Apps)}. Choose among them, or another release.");
        }

        return record;
    }

    /// <summary>The name that belongs to bench and site; another one when a site that was renamed or moved away has taken it along.</summary>
    private async Task<DatabaseName> FreeDatabaseAsync(StoredSiteRequest request, CancellationToken cancel)
    {
        var database = DatabaseName.For(request.Bench, request.Name);
        while (await mariaDb.ExistsAsync(database, cancel))
            database = DatabaseName.New();

        return database;
    }

    private async Task NewSiteAsync(
        JobContext job, StepLog log, string backend, SiteName site, DatabaseName database, IReadOnlyList<string> passwords, CancellationToken cancel)
    {
        // Passwords on standard input: bench writes its whole command line into a log file of the bench. The user's host is %, because a container that is
        // made anew has another address and would be refused.
        string[] command =
        [
            "bench", "new-site", site.Value, "--mariadb-user-host-login-scope=%", $"--db-root-username={database.SetupUser}", $"--db-name={database}",
        ];
        var result = await bench.RunAsync(job, log, backend, command, passwords, cancel);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain("The site could not be created", result);
    }

    private async Task<StepOutcome> InstallAsync(JobContext job, StepLog log, string backend, SiteName site, List<AppName> apps, CancellationToken cancel)
    {
        if (apps.Count == 0)
            return StepOutcome.Nothing("no apps beside frappe");

        foreach (var app in apps)
        {
            var result = await bench.RunAsync(job, log, backend, ["bench", "--site", site.Value, "install-app", app.Value], [], cancel);
            if (result.ExitCode != 0)
                throw BenchFailures.Explain($"{app} could not be installed", result);
        }

        return StepOutcome.Done(string.Join(", ", apps));
    }

    private static StoredSiteRequest Read(string request) => JsonSerializer.Deserialize(request, SiteJson.Default.StoredSiteRequest)!;
}

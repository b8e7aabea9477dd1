using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"New Site": a database, a folder, the apps, and the site's entry in the server's nginx.</summary>
internal sealed class NewSiteJob(
    DockerEngine engine, BenchCatalog catalog, BenchProgram bench, MariaDb mariaDb, NginxSites nginx, HttpProbe http, AgentOptions options, TimeProvider time) : IJobWork
{
    /// <summary>Frappe itself, which every site has.</summary>
    private const string FrameworkApp = "frappe";

    private const string SiteClaim = "site";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

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
        var database = DatabaseName.For(request.Bench, request.Name);
        var apps = request.Apps.Where(app => app.Value != FrameworkApp).Distinct().ToList();
        BenchRecord? record = null;
        var setupPassword = "";

        await job.StepAsync(NewSiteSteps.Check, async _ =>
        {
            record = await CheckAsync(request, folder, database, apps, cancel);
            return StepOutcome.Done($"{request.Name} is free, bench {request.Bench} runs");
        });

        // Neither folder, database nor nginx entry of this site was there when the lock was taken: all that there will be is this job's.
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
            // The websocket container asks the site who a visitor is: it must know the way before the first visitor comes.
            new BenchHosts(folder).Add(await NewBenchJob.GatewayAsync(engine, request.Bench, cancel), request.Name);
            await nginx.PutAsync(folder.NginxFile(request.Name), NginxEntry.Text(request.Bench, request.Name, options.NginxPort, record!.FrontendPort), cancel);
            return StepOutcome.Done($"{request.Name} -> 127.0.0.1:{record.FrontendPort}");
        });
        await job.StepAsync(NewSiteSteps.WaitUntilReady, log => WaitAsync(request.Name, log, cancel));

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
            await nginx.RemoveAsync(folder.NginxFile(site), cancel);
            new BenchHosts(folder).Remove(site);
            await mariaDb.DropAsync(DatabaseName.For(request.Bench, site), cancel);
            if (Directory.Exists(folder.SiteFolder(site)))
                Directory.Delete(folder.SiteFolder(site), recursive: true);
        }
    }

    private async Task<BenchRecord> CheckAsync(StoredSiteRequest request, BenchFolder folder, DatabaseName database, List<AppName> apps, CancellationToken cancel)
    {
        var record = folder.Read()
            ?? throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {request.Bench} on this server.", "Create the bench first.");
        if (catalog.OwnerOf(request.Name) is { } owner)
            throw new JobFailedException(JobErrorCodes.SiteExists, $"{request.Name} is on this server already, in bench {owner}.", "Choose another name.");

        var missing = apps.Where(app => !record.Apps.Contains(app)).ToList();
        if (missing.Count > 0)
        {
            throw new JobFailedException(
                JobErrorCodes.AppNotInBench, $"Bench {request.Bench} has no {string.Join(", ", missing)}.", $"It has {string.Join(", ", record.Apps)}. Choose among them, or another release.");
        }

        foreach (var service in BenchServices.All)
        {
            var container = await engine.FindContainerAsync(BenchContainers.NameOf(request.Bench, service), cancel);
            if (container is not { State.Running: true })
            {
                throw new JobFailedException(
                    JobErrorCodes.ServiceStopped, $"{service.Name()} of bench {request.Bench} is {container?.State.Status ?? "missing"}.", "Start the bench, and look at that service's output.");
            }
        }

        return await mariaDb.ExistsAsync(database, cancel)
            ? throw new JobFailedException(
                JobErrorCodes.SiteExists, $"A database {database} for {request.Name} is there already.", "It is left from an earlier site of this name; look at it before you remove it.")
            : record;
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

    private async Task<StepOutcome> WaitAsync(SiteName site, StepLog log, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var said = "";
        while (true)
        {
            var answer = await http.GetAsync(options.NginxPort, site.Value, "/api/method/ping", cancel);
            if (answer.Status == 200 && answer.Body.Contains("pong", StringComparison.Ordinal))
                return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"answers after {time.GetElapsedTime(started).TotalSeconds:0.0} s"));

            if (answer.ToString() != said)
                log.Line($"{site} answers {said = answer.ToString()}");

            if (time.GetElapsedTime(started) > TimeSpan.FromSeconds(options.ReadySeconds))
                throw new JobFailedException(JobErrorCodes.NotReady, $"{site} does not answer through nginx.", "The output of the bench's services tells more.", said + "\n" + answer.Body);

            await Task.Delay(Look, time, cancel);
        }
    }

    private static StoredSiteRequest Read(string request) => JsonSerializer.Deserialize(request, SiteJson.Default.StoredSiteRequest)!;
}

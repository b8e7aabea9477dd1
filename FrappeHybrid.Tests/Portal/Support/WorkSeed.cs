using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>The daily work on a server: releases, updates in waves, sites that were taken back or are closed, jobs that run, wait and failed.</summary>
internal sealed class WorkSeed(PortalDb db, Guid team, Guid server, Guid release, DateTimeOffset now)
{
    private Guid newer;

    public Guid Waves { get; private set; }

    public Guid StoppedWaves { get; private set; }

    public Guid EmptyBench { get; private set; }

    public Guid BusySite { get; private set; }

    public Guid RecoveredSite { get; private set; }

    public Guid FatalSite { get; private set; }

    public Guid UpdatedSite { get; private set; }

    public Guid ClosedSite { get; private set; }

    public Guid WaitingJob { get; private set; }

    public Guid FailedUpdate { get; private set; }

    public Guid DoneJob { get; private set; }

    /// <summary>Adds it all; the benches that the sites move to are on the newer release.</summary>
    public void Add(Guid main)
    {
        AddReleases();
        var next = NewBench("main-15-51", newer);
        Waves = NewBench("schools", release).Id;
        StoppedWaves = NewBench("shops", release).Id;
        EmptyBench = NewBench("trial", release).Id;
        AddBusy(main);
        AddWaves(next.Id);
        AddStoppedWaves(next.Id);
        AddUpdated(next.Id);
        var closed = NewSite("shop3.winter.example.com", main);
        ClosedSite = closed.Id;
    }

    /// <summary>A server whose play failed after it was active, and one that a play works on now.</summary>
    public static void AddPlay(PortalDb db, Server server, bool hasFailed, DateTimeOffset now)
    {
        (string Title, string[] Tasks) kind = hasFailed
            ? ("Upgrade Agent", ["Which Agent runs", "Bring the program", "Wait for running jobs", "Put it in place", "The Agent answers"])
            : ("Reboot", ["Which start of the machine this is", "What serves now", "Tell the machine to reboot", "Wait until the machine is back", "The Agent answers"]);
        var start = now.AddMinutes(-3);
        var play = new Play { Id = NewId.At(TimeProvider.System), TeamId = server.TeamId, ServerId = server.Id, Kind = hasFailed ? "upgrade-agent" : "reboot", Title = kind.Title, CreatedAt = start, StartedAt = start };
        for (var index = 0; index < kind.Tasks.Length; index++)
        {
            play.Tasks.Add(new PlayTask
            {
                RunId = play.Id,
                Number = index + 1,
                Key = $"task-{index + 1}",
                Title = kind.Tasks[index],
                State = index < 3 ? StepState.Success : index > 3 ? StepState.Pending : hasFailed ? StepState.Failure : StepState.Running,
                StartedAt = index < 4 ? start.AddSeconds(index * 9) : null,
                FinishedAt = index < 3 || (hasFailed && index == 3) ? start.AddSeconds(index * 9 + 8) : null,
                Changed = index < 3 ? index == 2 : null,
            });
        }

        play.Become(RunState.Running);
        if (hasFailed)
        {
            play.Become(RunState.Failure);
            play.FinishedAt = start.AddSeconds(41);
            play.ErrorCode = "agent-not-well";
            play.ErrorMessage = "The new Agent did not answer in time; the old one is back and answers.";
            play.ErrorAdvice = "Look at the output of the step, then try again. Benches and sites were not touched.";
        }

        db.Add(play);
    }

    private void AddReleases()
    {
        var next = NewRelease("ERPNext 15.51.0", "15.51.0", "frappe/erpnext:v15.51.0", ["frappe", "erpnext"]);
        next.See($"sha256:{new string('4', 24)}{new string('c', 40)}", now.AddHours(-5));
        newer = next.Id;
        NewRelease("ERPNext and HR 15.52.0", "15.52.0", "registry.example.com:5000/company/erpnext-with-hr-and-payments:v15.52.0", ["frappe", "erpnext", "hrms", "payments"]);
        NewRelease("ERPNext 15.41.2", "15.41.2", "frappe/erpnext:v15.41.2", ["frappe", "erpnext"]).IsEnabled = false;
        foreach (var (host, user) in new[] { ("docker.io", "examplehosting"), ("registry.example.com:5000", "portal") })
            db.Add(new ImageRegistry { Id = NewId.At(TimeProvider.System), Host = host, UserName = user, PasswordProtected = "-", AcceptedAt = now.AddDays(-4) });
    }

    private void AddBusy(Guid main)
    {
        var busy = NewSite("orders.sites.example.com", main);
        BusySite = busy.Id;
        busy.Become(SiteState.Working, "Being backed up.");
        var running = NewJob(BackupJobTypes.BackupSite, busy, 1, null, 37);
        var waiting = NewJob(SiteJobTypes.ClearCache, busy, -1, null, 0);
        waiting.QueuePosition = 1;
        WaitingJob = waiting.Id;
        db.Add(new RunOutput { RunId = running.Id, StepKey = BackupSteps.Copy.Key, Text = "tabSales Invoice: 212,431 rows\ntabGL Entry: 1,902,118 rows\n" });
        NewJob(RestoreJobTypes.CloneSite, NewSite("stage.sites.example.com", main), 2, StepState.Failure, null, new Error(
            "disk-full", "The server's disk is full.", "Make room on the server's page \"Disk\", then try again: nothing half-made was left.", "gzip: stdout: No space left on device"));
    }

    private void AddWaves(Guid target)
    {
        var update = NewUpdate(Waves, target);
        string[] names = ["primary", "grammar", "music", "evening-courses-of-the-northern-district", "drama", "language"];
        for (var index = 0; index < names.Length; index++)
        {
            var site = NewSite($"{names[index]}.schools.example.com", index is 0 ? target : Waves);
            var part = NewPart(update, site, index + 1);
            if (index == 0)
            {
                part.Begin(Updated(site, target).Id);
                part.Settle(db.Jobs.Local.Single(job => job.Id == part.JobId));
            }
            else if (index < 3)
            {
                site.Become(SiteState.Working, "Update");
                part.Begin(NewJob(UpdateJobTypes.UpdateSite, site, 4 + index, null, index == 1 ? 58 : null).Id);
            }
            else if (index == 5)
            {
                part.LeaveOut(false, "It is in the trash.");
            }
        }
    }

    private void AddStoppedWaves(Guid target)
    {
        var update = NewUpdate(StoppedWaves, target);
        var recovered = NewSite("shoes.shops.example.com", StoppedWaves);
        var fatal = NewSite("hats.shops.example.com", StoppedWaves);
        var error = new Error(
            JobErrorCodes.UpdateRecovered,
            "The patch erpnext.patches.v15_0.update_payment_schedule_dates failed: (1054, \"Unknown column 'due_date' in 'SET'\").",
            "The site serves 15.50.0 again, with nothing lost. Try again, skip the patch if the site does not need it, or stay.",
            "Executing erpnext.patches.v15_0.update_payment_schedule_dates in shoes.shops.example.com (_1c2d3e)\npymysql.err.OperationalError: (1054, \"Unknown column 'due_date' in 'SET'\")");
        Work(recovered, SiteState.Recovered, error.Message);
        var job = NewJob(UpdateJobTypes.UpdateSite, recovered, 6, StepState.Failure, null, error);
        FailedUpdate = job.Id;
        db.Add(new RunOutput { RunId = job.Id, StepKey = UpdateSteps.Migrate.Key, Text = "Migrating shoes.shops.example.com\nUpdating DocTypes for frappe        : [========================================] 100%\n" + error.Raw + "\n" });
        Work(fatal, SiteState.Fatal, "The update failed, and so did taking it back: MariaDB was stopped meanwhile.");
        NewJob(UpdateJobTypes.UpdateSite, fatal, 6, StepState.Failure, null, new Error(JobErrorCodes.UpdateFatal, "The update failed, and putting the tables back failed too: MariaDB does not answer.", "Start the container frappe-mariadb on the server, then recover the site on its page \"Update\"."));
        (RecoveredSite, FatalSite) = (recovered.Id, fatal.Id);
        var failed = NewPart(update, recovered, 1);
        failed.Begin(job.Id);
        failed.Settle(job);
        NewPart(update, fatal, 2);
        NewPart(update, NewSite("gloves.shops.example.com", StoppedWaves), 3);
        update.Become(BenchUpdateState.Stopped, "shoes.shops.example.com was taken back.", now.AddMinutes(-4));
    }

    private void AddUpdated(Guid target)
    {
        var site = NewSite("market.sites.example.com", target);
        UpdatedSite = site.Id;
        DoneJob = Updated(site, target).Id;
    }

    private Job Updated(Site site, Guid bench)
    {
        var job = NewJob(UpdateJobTypes.UpdateSite, site, 9, StepState.Success, null);
        job.ResultJson = JsonSerializer.Serialize(
            new UpdateSiteResult(BenchName.Parse(db.Benches.Local.Single(each => each.Id == bench).Name.Value), [new(AppName.Parse("frappe"), "15.51.0"), new(AppName.Parse("erpnext"), "15.50.1")], 3.4, 41.8, ["erpnext.patches.v15_0.update_payment_schedule_dates"]),
            UpdateJson.Default.UpdateSiteResult);
        return job;
    }

    private static void Work(Site site, SiteState end, string reason)
    {
        site.Become(SiteState.Working, null);
        site.Become(end, reason);
    }

    private Release NewRelease(string name, string version, string image, List<string> apps)
    {
        var made = new Release { Id = NewId.At(TimeProvider.System), Name = name, Version = version, Image = ImageReference.Parse(image), Apps = apps, CreatedAt = now.AddDays(-2) };
        db.Add(made);
        return made;
    }

    private Bench NewBench(string name, Guid of)
    {
        var bench = new Bench { Id = NewId.At(TimeProvider.System), TeamId = team, ServerId = server, ReleaseId = of, Name = BenchName.Parse(name), CreatedAt = now.AddDays(-2), FrontendPort = 18100 + db.Benches.Local.Count };
        bench.Become(BenchState.Active, null);
        db.Add(bench);
        return bench;
    }

    private Site NewSite(string name, Guid bench)
    {
        var site = new Site { Id = NewId.At(TimeProvider.System), TeamId = team, ServerId = server, BenchId = bench, Name = SiteName.Parse(name), CreatedAt = now.AddDays(-40), Apps = ["frappe", "erpnext"] };
        site.Become(SiteState.Active, null);
        db.Add(site);
        return site;
    }

    private BenchUpdate NewUpdate(Guid bench, Guid target)
    {
        var update = new BenchUpdate
        {
            Id = NewId.At(TimeProvider.System),
            TeamId = team,
            ServerId = server,
            BenchId = bench,
            TargetBenchId = target,
            SkipFailingPatches = false,
            UserId = Guid.Empty,
            UserName = "anna@example.com",
            CreatedAt = now.AddMinutes(-18),
            ChangedAt = now.AddMinutes(-1),
        };
        db.Add(update);
        return update;
    }

    private static BenchUpdateSite NewPart(BenchUpdate update, Site site, int number)
    {
        var part = new BenchUpdateSite { BenchUpdateId = update.Id, SiteId = site.Id, Number = number };
        update.Sites.Add(part);
        return part;
    }

    /// <param name="at">Index of the step that runs or failed; -1 while it waits.</param>
    private Job NewJob(JobType type, Site site, int at, StepState? end, int? progress, Error? error = null)
    {
        var start = now.AddMinutes(-6);
        var job = new Job { Id = NewId.At(TimeProvider.System), TeamId = team, ServerId = server, BenchId = site.BenchId, SiteId = site.Id, Type = type.Key, Subject = site.Name.Value, Path = "/", Request = "{}", CreatedAt = start, StartedAt = at < 0 ? null : start };
        for (var index = 0; index < type.Steps.Count; index++)
        {
            var isBefore = index < at || end is StepState.Success;
            job.Steps.Add(new JobStep
            {
                RunId = job.Id,
                Number = index + 1,
                Key = type.Steps[index].Key,
                Title = type.Steps[index].Title,
                State = isBefore ? StepState.Success : index > at ? end is null ? StepState.Pending : StepState.Skipped : end ?? StepState.Running,
                StartedAt = isBefore || index == at ? start.AddSeconds(index * 8) : null,
                FinishedAt = isBefore || (index == at && end is not null) ? start.AddSeconds(index * 8 + 7) : null,
                Progress = index == at ? progress : null,
            });
        }

        job.Become(at < 0 ? RunState.Pending : RunState.Running);
        if (end is { } ended)
        {
            job.Become(ended is StepState.Success ? RunState.Success : RunState.Failure);
            job.FinishedAt = start.AddSeconds(at * 8 + 7);
        }

        (job.ErrorCode, job.ErrorMessage, job.ErrorAdvice, job.ErrorRaw) = (error?.Code, error?.Message, error?.Advice, error?.Raw);
        db.Add(job);
        return job;
    }
}

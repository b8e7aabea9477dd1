using System.Net;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>A portal with everything to look at: active, broken and half-made things, a running job with output, thirty sites, long names.</summary>
internal sealed class PortalSeed(IServiceProvider services)
{
    private static readonly ServerInfo Facts = new("web-1", "Debian GNU/Linux 12 (bookworm)", "6.1.0-30-amd64", 4, 1.42, 16L << 30, 5L << 30, 160L << 30, 34L << 30, "20.10.24", "running", 3, 1_450_000);
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();
    private Guid team;
    private Guid release;

    public Guid Active { get; private set; }

    public Guid Broken { get; private set; }

    public Guid Draft { get; private set; }

    public Guid Ready { get; private set; }

    public Guid FailedPlay { get; private set; }

    public Guid Bench { get; private set; }

    public Guid Site { get; private set; }

    public Guid NewSite { get; private set; }

    public Guid BrokenSite { get; private set; }

    public Guid RunningJob { get; private set; }

    public Guid FailedJob { get; private set; }

    public Guid Team => team;

    public Guid Away { get; private set; }

    public Guid AtWork { get; private set; }

    public WorkSeed Work { get; private set; } = null!;

    public ToldSeed Told { get; private set; } = null!;

    private DateTimeOffset Now => time.GetUtcNow();

    public async Task RunAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        team = await db.Teams.Select(each => each.Id).FirstAsync();
        release = await db.Releases.Select(each => each.Id).FirstAsync();
        AddServers(db);
        await db.SaveChangesAsync();
        AddBenches(db);
        AddJobs(db);
        await db.SaveChangesAsync();
        SiteSeed.Add(db, team, Site, db.Jobs.Local.First(job => job.SiteId == Site).Id, Now);
        Work = new WorkSeed(db, team, Active, release, Now);
        Work.Add(Bench);
        AddLetters(db);
        Told = new ToldSeed(db, team, Active, Site, services.GetRequiredService<SecretVault>(), time);
        Told.Add(await db.Users.Select(user => user.Id).FirstAsync());
        TerminalSeed.Add(db, db.Benches.Local.First(bench => bench.Id == Bench), services.GetRequiredService<CoreOptions>(), time);
        await db.SaveChangesAsync();
        await new TeamSeed(services, team).RunAsync(Active, Site, Bench);
    }

    private void AddLetters(PortalDb db)
    {
        var outbox = services.GetRequiredService<MailOutbox>();
        outbox.Add(db, "owner@shops.example.com", "You are invited to the team Customer", "Come in.");
        outbox.Add(db, "somebody.with.a.long.address@customers.of-a-long-name.example.com", "Your new password for the portal", "Come in.");
        foreach (var (number, letter) in db.OutgoingMails.Local.Index())
        {
            letter.Fail("The mail server mail.example.com:587 cannot be reached: nothing listens there. It is tried again by itself. Look whether the mail server runs and whether a firewall lies in between.", Now);
            if (number > 0)
                letter.GiveUp("The mail server mail.example.com does not take letters to this address: 550 5.1.1 no such mailbox here, ask postmaster@customers.of-a-long-name.example.com", Now.AddHours(-1));
        }
    }

    /// <summary>Answers of the Agent that a page shows.</summary>
    public static void Teach(FakeAgent agent)
    {
        agent.Before = (request, _) => Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            "/server" => Json(Facts, AgentJson.Default.ServerInfo),
            var path when request.Method == HttpMethod.Get && path.Split('/') is [_, "benches", var bench] => Json(BenchOf(bench), AgentJson.Default.BenchInfo),
            var path when request.Method == HttpMethod.Get && path.Split('/') is [_, "benches", var bench, "environment"] => Json(bench == "main" ? BenchSeed.Variables : [], BenchWorkJson.Default.IReadOnlyListBenchVariable),
            var path when request.Method == HttpMethod.Get && path.Split('/') is [_, "benches", var bench, "doctor"] => Json(BenchSeed.Doctor(bench, BenchOf(bench).Services), BenchWorkJson.Default.BenchDoctorReport),
            var path when request.Method == HttpMethod.Get && path.Split('/') is [_, "benches", var bench, "network"] => Json(BenchSeed.Network(BenchOf(bench).Services), BenchWorkJson.Default.BenchNetwork),
            "/benches/main/logs" => Json(BenchSeed.LogFiles, BenchWorkJson.Default.IReadOnlyListLogFile),
            var path when path.StartsWith("/benches/main/", StringComparison.Ordinal) && path.Contains("/logs/", StringComparison.Ordinal) => Json(BenchSeed.Log, BenchWorkJson.Default.LogText),
            var path when request.Method == HttpMethod.Get && path.StartsWith("/jobs/", StringComparison.Ordinal) => FakeAgent.Problem(HttpStatusCode.ServiceUnavailable, "busy", "Busy."),
            var path when request.Method == HttpMethod.Get && (ServerSeed.Answer(path) ?? SiteSeed.Answer(path)) is { } json => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") },
            _ => (HttpResponseMessage?)null,
        });
        for (var line = 0; line < 240; line++)
            agent.Write(Line(line));
    }

    public static LogLine Line(int number) => new(
        DateTimeOffset.UnixEpoch.AddSeconds(number),
        $"\u001b[3{1 + number % 6}m[2026-11-21 22:{number / 60 % 60:00}:{number % 60:00} +0000] [31]\u001b[0m [{(number % 17 == 0 ? "ERROR" : "INFO")}] \u001b]0;owned\u0007GET /api/method/frappe.desk.desktop.get_workspace_sidebar_items?n={number} 200 in {number * 7 % 93} ms",
        number % 17 == 0);

    private static HttpResponseMessage Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(value, json), Encoding.UTF8, "application/json") };

    private static BenchInfo BenchOf(string name) => new(
        BenchName.Parse(name),
        ImageReference.Parse("frappe/erpnext:v15.50.0"),
        18000,
        DateTimeOffset.UnixEpoch,
        [AppName.Parse("frappe"), AppName.Parse("erpnext")],
        [.. BenchServices.All.Select(service => name == "main" && service is BenchService.QueueLong
            ? new ServiceInfo(service, "restarting", TimeProvider.System.GetUtcNow().AddSeconds(-4), 17, 137, 512)
            : new ServiceInfo(service, "running", TimeProvider.System.GetUtcNow().AddHours(-49), 0, null, 512))],
        [],
        BenchSeed.Limits,
        BenchSeed.Workers);

    private Server NewServer(string name, string address, ServerState state, string? reason, string domain = "")
    {
        var server = new Server
        {
            Id = NewId.At(time),
            TeamId = team,
            Name = name,
            Address = address,
            Domain = domain,
            CreatedAt = Now.AddDays(-12),
            SshPublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2hVYtq0S7zQx1PpYk2o8bVn5mWcGf4tRr3eDdLs9aQ frappe-hybrid",
            SshPrivateKeyProtected = "-",
        };
        if (state is not ServerState.Draft)
        {
            server.HostKeyFingerprint = "SHA256:Qm0c1r5X8Zq9sFh1o0Jb7yHkTgWv2uRn4eLpC6aXdYs";
            server.HostKey = "ssh-ed25519 AAAA";
            server.KeyAccepted = true;
            server.Become(ServerState.Installing, null);
            if (state is ServerState.Broken)
                server.Become(state, reason);
            else if (state is not ServerState.Installing)
                server.Become(ServerState.Active, null);
            if (state is ServerState.Unreachable)
                server.Become(state, reason);
        }

        if (state is ServerState.Active or ServerState.Unreachable)
        {
            server.AgentVersion = "0.1.0";
            server.AgentFingerprint = "AB";
            server.LastSeenAt = Now.AddSeconds(-20);
            server.FactsJson = JsonSerializer.Serialize(Facts, AgentJson.Default.ServerInfo);
        }

        return server;
    }

    private void AddServers(PortalDb db)
    {
        var active = NewServer("Frankfurt production", "fra-1.example.net", ServerState.Active, null, "sites.example.com");
        var broken = NewServer("Warehouse in Rotterdam with a very long name for a server", "203.0.113.77", ServerState.Broken, "The Docker repository could not be reached.");
        var draft = NewServer("Staging", "staging.internal.example.org", ServerState.Draft, null);
        draft.HostKeyFingerprint = "SHA256:Qm0c1r5X8Zq9sFh1o0Jb7yHkTgWv2uRn4eLpC6aXdYs";
        var ready = NewServer("Berlin", "ber-2.example.net", ServerState.Draft, null, "berlin.example.com");
        ready.HostKeyFingerprint = draft.HostKeyFingerprint;
        ready.KeyAccepted = true;
        var away = NewServer("Vienna", "vie-1.example.net", ServerState.Unreachable, "The Agent does not answer: the connection was refused.", "vienna.example.com");
        var atWork = NewServer("Milan", "mil-1.example.net", ServerState.Active, null, "milan.example.com");
        atWork.Become(ServerState.Maintenance, "Reboot");
        away.AgentFingerprint = atWork.AgentFingerprint = null;
        WorkSeed.AddPlay(db, away, hasFailed: true, Now);
        WorkSeed.AddPlay(db, atWork, hasFailed: false, Now);
        (Away, AtWork) = (away.Id, atWork.Id);
        db.AddRange(active, broken, draft, ready, away, atWork);
        (Active, Broken, Draft, Ready) = (active.Id, broken.Id, draft.Id, ready.Id);
        AddPreflight(db, ready.Id, PreflightVerdict.Warn);
        var done = NewPlay(active.Id, 3, null);
        var failed = NewPlay(broken.Id, 0, 5);
        FailedPlay = failed.Id;
        db.AddRange(done, failed);
        db.RunOutputs.Add(new RunOutput { RunId = failed.Id, StepKey = "task-5", Text = Output("docker", 60) + "\u001b[31mE: Could not resolve 'download.docker.com'\u001b[0m\n<script>alert(1)</script>\n" });
    }

    private void AddPreflight(PortalDb db, Guid server, PreflightVerdict last)
    {
        (string Title, PreflightVerdict Verdict, string Found, string? Advice)[] rows =
        [
            ("Operating system", PreflightVerdict.Pass, "Debian 12 (bookworm), x86_64", null),
            ("Root rights", PreflightVerdict.Pass, "root", null),
            ("Processors", PreflightVerdict.Pass, "4", null),
            ("Memory", PreflightVerdict.Pass, "15.6 GB", null),
            ("Disk", PreflightVerdict.Pass, "132 GB free of 160 GB on /home", null),
            ("Swap", last, "none", "With less than 8 GB of memory a swap file of 2 GB keeps large imports alive."),
            ("Port 80 and 443", PreflightVerdict.Pass, "free", null),
            ("Docker", PreflightVerdict.Pass, "not installed", null),
            ("Clock", PreflightVerdict.Pass, "0.2 s apart from the portal", null),
            ("Package source", PreflightVerdict.Pass, "mirror.example.com answers in 41 ms", null),
        ];
        db.PreflightReports.Add(new PreflightReport
        {
            Id = server,
            TeamId = team,
            StartedAt = Now.AddMinutes(-3),
            FinishedAt = Now.AddMinutes(-2),
            Rows = [.. rows.Select((row, index) => new PreflightRow { ServerId = server, Number = index + 1, Key = $"check-{index}", Title = row.Title, Verdict = row.Verdict, Found = row.Found, Advice = row.Advice })],
        });
    }

    private Play NewPlay(Guid server, int days, int? failsAt)
    {
        string[] titles = ["Wait until the machine has finished starting", "Packages of the distribution", "User frappe and its folders", "Metrics of the machine", "Docker", "Web server", "Database server", "Agent", "Everything runs", "The Agent answers"];
        var start = Now.AddDays(-days).AddMinutes(-9);
        var play = new Play { Id = NewId.At(time), TeamId = team, ServerId = server, Title = "Set up server", CreatedAt = start, StartedAt = start };
        for (var index = 0; index < titles.Length; index++)
        {
            var number = index + 1;
            var isDone = failsAt is null || number < failsAt;
            play.Tasks.Add(new PlayTask
            {
                RunId = play.Id,
                Number = number,
                Key = $"task-{number}",
                Title = titles[index],
                State = isDone ? StepState.Success : number == failsAt ? StepState.Failure : StepState.Pending,
                StartedAt = number <= (failsAt ?? 99) ? start.AddSeconds(number * 14) : null,
                FinishedAt = number <= (failsAt ?? 99) ? start.AddSeconds(number * 14 + number * 3) : null,
                Summary = isDone && number == 2 ? "43 packages installed, 212 MB" : null,
                Changed = isDone ? number != 4 : null,
            });
        }

        play.Become(RunState.Running);
        play.Become(failsAt is null ? RunState.Success : RunState.Failure);
        play.FinishedAt = start.AddSeconds(170);
        if (failsAt is not null)
        {
            play.ErrorCode = "source-unreachable";
            play.ErrorMessage = "The server cannot reach the Docker repository.";
            play.ErrorAdvice = "Check the server's DNS and its way to the Internet (a firewall or proxy may stop it), then try again: finished tasks are not repeated.";
        }

        return play;
    }

    private void AddBenches(PortalDb db)
    {
        var main = NewBench("main", BenchState.Active, 18000);
        var staging = NewBench("staging-with-a-rather-long-bench-name", BenchState.Installing, null);
        var old = NewBench("legacy", BenchState.Broken, null);
        db.AddRange(main, staging, old);
        Bench = main.Id;
        string[] words = ["shop", "books", "clinic", "school", "farm", "hotel", "bakery", "garage", "studio", "harbour"];
        for (var index = 0; index < 30; index++)
        {
            var site = SiteNamed($"{words[index % 10]}{(index < 10 ? "" : (index / 10).ToString(System.Globalization.CultureInfo.InvariantCulture))}.sites.example.com", main.Id, SiteState.Active);
            db.Add(site);
            if (index == 0)
                Site = site.Id;
        }

        var broken = SiteNamed("a-customer-with-a-very-long-domain-name-indeed.subsidiary.accounting.sites.example.com", main.Id, SiteState.Broken);
        var fresh = SiteNamed("new.sites.example.com", main.Id, SiteState.Installing);
        db.AddRange(broken, fresh);
        (BrokenSite, NewSite) = (broken.Id, fresh.Id);
        AddTrash(db, main.Id);
        AddBackups(db);
    }

    private void AddBackups(PortalDb db)
    {
        var site = db.Sites.Local.Single(each => each.Id == Site);
        var other = db.Sites.Local.First(each => each.Id != Site && each.State is SiteState.Active);
        foreach (var (owner, kind, days, withFiles) in new[] { (site, BackupKind.Manual, 0, true), (site, BackupKind.Safety, 2, true), (site, BackupKind.Upload, 5, false), (other, BackupKind.Manual, 1, true) })
        {
            List<BackupFile> files = [new(BackupFileKind.Database, "20261122_013512-shop-database.sql.gz", 48_300_000, new string('a', 64)), new(BackupFileKind.SiteConfig, "20261122_013512-shop-site_config_backup.json", 312, new string('b', 64))];
            if (withFiles)
                files.AddRange([new(BackupFileKind.PublicFiles, "20261122_013512-shop-files.tar", 212_000_000, new string('c', 64)), new(BackupFileKind.PrivateFiles, "20261122_013512-shop-private-files.tar", 9_400_000, new string('d', 64))]);
            var record = new BackupRecord(NewId.At(time), BenchName.Parse("main"), owner.Name, kind, Now.AddDays(-days).AddHours(-3), "Asia/Kolkata", "15.50.0", 310_000_000, files, NewId.At(time));
            db.Backups.Add(Backup.Of(record, owner.TeamId, owner.ServerId, owner.Id));
        }
    }

    private void AddTrash(PortalDb db, Guid bench)
    {
        for (var index = 0; index < 3; index++)
        {
            var name = index == 2 ? "campaign-of-the-autumn-with-a-long-name.marketing.sites.example.com" : $"old{index}.sites.example.com";
            var site = SiteNamed(name, bench, SiteState.Active);
            var at = Now.AddDays(-index * 3).AddMinutes(-4);
            site.Become(SiteState.Working, null);
            site.Become(SiteState.Trashed, index == 1 ? "Bringing it back did not work: old1.sites.example.com does not answer through nginx." : null);
            site.Trash = new TrashedSite { Archive = NewId.At(time), Name = site.Name, At = at, Until = at + TrashedSite.Life, CanComeBack = index != 2 };
            db.Add(site);
        }
    }

    private Bench NewBench(string name, BenchState state, int? port)
    {
        var bench = new Bench { Id = NewId.At(time), TeamId = team, ServerId = Active, ReleaseId = release, Name = BenchName.Parse(name), CreatedAt = Now.AddDays(-9), FrontendPort = port };
        if (state is not BenchState.Installing)
            bench.Become(state, state is BenchState.Broken ? "The image could not be pulled: the registry refused the sign-in." : null);
        return bench;
    }

    private Site SiteNamed(string name, Guid bench, SiteState state)
    {
        var site = new Site { Id = NewId.At(time), TeamId = team, ServerId = Active, BenchId = bench, Name = SiteName.Parse(name), CreatedAt = Now.AddHours(-30), Apps = ["frappe", "erpnext"] };
        if (state is not SiteState.Installing)
            site.Become(state, state is SiteState.Broken ? "MariaDB refused the connection." : null);
        return site;
    }

    private void AddJobs(PortalDb db)
    {
        var running = NewJob(JobTypes.NewSite, "new.sites.example.com", NewSite, 2, null, Now.AddSeconds(-74));
        var failed = NewJob(JobTypes.NewSite, "a-customer-with-a-very-long-domain-name-indeed.subsidiary.accounting.sites.example.com", BrokenSite, 2, StepState.Failure, Now.AddHours(-2));
        RunningJob = running.Id;
        FailedJob = failed.Id;
        db.AddRange(running, failed);
        db.RunOutputs.Add(new RunOutput { RunId = running.Id, StepKey = NewSiteSteps.CreateSite.Key, Text = "Installing frappe...\nUpdating DocTypes for frappe        : [=====                                   ] 12%\rUpdating DocTypes for frappe        : [==========================              ] 64%\r" });
        db.RunOutputs.Add(new RunOutput { RunId = failed.Id, StepKey = NewSiteSteps.CreateSite.Key, Text = Output("bench new-site", 40) });
        for (var index = 0; index < 6; index++)
            db.Add(NewJob(JobTypes.NewSite, $"shop{index}.sites.example.com", Site, 7, StepState.Success, Now.AddHours(-30 - index)));
    }

    private Job NewJob(JobType type, string subject, Guid site, int at, StepState? end, DateTimeOffset start)
    {
        var job = new Job { Id = NewId.At(time), TeamId = team, ServerId = Active, BenchId = Bench, SiteId = site, Type = type.Key, Subject = subject, Path = "/", CreatedAt = start, StartedAt = start };
        for (var index = 0; index < type.Steps.Count; index++)
        {
            var isEnded = index < at || end is StepState.Success;
            job.Steps.Add(new JobStep
            {
                RunId = job.Id,
                Number = index + 1,
                Key = type.Steps[index].Key,
                Title = type.Steps[index].Title,
                State = isEnded ? StepState.Success : index > at ? end is null ? StepState.Pending : StepState.Skipped : end ?? StepState.Running,
                StartedAt = isEnded || index == at ? start.AddSeconds(index * 5) : null,
                FinishedAt = isEnded || (index == at && end is not null) ? start.AddSeconds(index * 5 + 4) : null,
                Progress = index == at && end is null ? 64 : null,
                Summary = isEnded && index == 0 ? "The bench runs, the name is free" : null,
            });
        }

        job.Become(RunState.Running);
        if (end is { } ended)
        {
            job.Become(ended is StepState.Success ? RunState.Success : RunState.Failure);
            job.FinishedAt = start.AddSeconds(52);
        }

        if (end is StepState.Failure)
        {
            job.ErrorCode = JobErrorCodes.DatabaseUnreachable;
            job.ErrorMessage = "MariaDB does not answer.";
            job.ErrorAdvice = "Look at the container frappe-mariadb on the server; it may be out of memory. Then try again: nothing half-made was left.";
            job.ErrorRaw = "pymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'frappe-mariadb' ([Errno 111] Connection refused)\")";
        }

        return job;
    }

    private static string Output(string what, int lines)
    {
        var text = new StringBuilder();
        for (var line = 0; line < lines; line++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{what}: Get:{line} http://mirror.example.com/debian bookworm/main amd64 package-{line} all 1.{line} [{line * 37 % 900} kB]\n");
        return text.ToString();
    }
}

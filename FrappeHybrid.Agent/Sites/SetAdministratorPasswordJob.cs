using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Reset Administrator Password". bench writes its command line into a log of the bench, so that the password goes in on standard input.</summary>
internal sealed class SetAdministratorPasswordJob(BenchCatalog catalog, BenchProgram bench)
    : SiteWork<StoredPasswordReset>(catalog, SiteJson.Default.StoredPasswordReset, SiteJobTypes.SetAdministratorPassword)
{
    private const string Claim = "password";

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var password = job.Secret ?? throw new InvalidOperationException("The password's file is gone.");
        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, _ =>
        {
            site = Require(request);
            return Task.FromResult(StepOutcome.Done($"{site.Name} is in bench {site.Folder.Bench}"));
        });
        job.Claim(new JobClaim(Claim, site!.Name.Value));
        await job.StepAsync(SiteWorkSteps.SetPassword, async log =>
        {
            string[] command = ["bench", "--site", site.Name.Value, "set-admin-password", .. request.LogOutAllSessions ? (string[])["--logout-all-sessions"] : []];
            var result = await bench.RunAsync(job, log, site.Backend, command, [password], cancel);
            return result.ExitCode == 0
                ? StepOutcome.Done(request.LogOutAllSessions ? "set; all sessions of Administrator were ended" : "set")
                : throw BenchFailures.Explain("The password could not be set", result);
        });
        return NoResult;
    }

    public override Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        // Only its hash is in the site: the old one cannot be put back, and nobody can tell which of the two is in force.
        if (job.Claims.Any(claim => claim.Kind == Claim))
        {
            using var log = job.OpenCompensationLog();
            log.Line("The new password may be in force already. Set a password once more to be sure.");
        }

        return Task.CompletedTask;
    }
}

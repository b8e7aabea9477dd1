using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>
/// "Change Configuration": keys of site_config.json, on the content that the person saw. A site that does not answer with the new ones gets the old file
/// back. `bench set-config` would guess at types and put the values on a command line, which bench writes into a log.
/// </summary>
internal sealed class ChangeSiteConfigJob(BenchCatalog catalog, SiteProbe probe)
    : SiteWork<StoredConfigChange>(catalog, SiteJson.Default.StoredConfigChange, SiteJobTypes.ChangeConfig)
{
    private const string Claim = "config";
    private const int ServiceUnavailable = 503;
    private const int Ok = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var values = JsonSerializer.Deserialize(job.Secret ?? throw new InvalidOperationException("The values' file is gone."), SiteJson.Default.IReadOnlyDictionaryStringJsonElement)!;
        foreach (var value in values.Values)
            Hide(job.Redactor, value);

        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, _ =>
        {
            site = Require(request);
            RequireVersion(site, request.Version);
            return Task.FromResult(StepOutcome.Done("unchanged since it was read"));
        });

        // The old file holds passwords: it waits beside the new one, which holds them too, and not in the job's row.
        job.Claim(new JobClaim(Claim, site!.Name.Value));
        await job.StepAsync(SiteWorkSteps.WriteConfig, _ =>
        {
            RequireVersion(site, request.Version);
            DurableFile.Write(Copy(site, job.Id), File.ReadAllText(site.ConfigFile), DurableFile.Secret);
            SiteConfigFile.Change(site.ConfigFile, config =>
            {
                foreach (var key in request.Remove)
                    config.Remove(key);

                foreach (var (key, value) in values)
                    config[key] = JsonNode.Parse(value.GetRawText());
            });
            return Task.FromResult(StepOutcome.Done(string.Join(", ", request.Set.Concat(request.Remove.Select(key => $"{key} removed")))));
        });
        await job.StepAsync(SiteWorkSteps.Verify, async log =>
        {
            var outcome = await probe.WaitAsync(DomainName.Of(site.Name), SiteMaintenance.IsOn(site.ConfigFile) ? ServiceUnavailable : Ok, log, cancel, limit: Patience);

            // Without its copy the old file cannot come back: whoever is killed from here on finishes.
            job.PassReturn();
            File.Delete(Copy(site, job.Id));
            return outcome;
        });
        return NoResult;
    }

    public override Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        if (job.Claims.All(claim => claim.Kind != Claim))
            return Task.CompletedTask;

        var site = Require(Read(job.Request));
        var copy = Copy(site, job.Id);
        if (File.Exists(copy))
        {
            using var log = job.OpenCompensationLog();
            log.Line("Putting the old configuration back");
            SiteConfigFile.Replace(site.ConfigFile, File.ReadAllText(copy));
            File.Delete(copy);
        }

        return Task.CompletedTask;
    }

    public override Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        File.Delete(Copy(Require(Read(job.Request)), job.Id));
        return Task.FromResult(NoResult);
    }

    private static string Copy(SiteOnServer site, Guid job) => Path.Combine(site.Path, $".site_config.before-{job}.json");

    private static void RequireVersion(SiteOnServer site, string version)
    {
        if (SiteConfigFile.Version(site.ConfigFile) != version)
        {
            throw new JobFailedException(
                JobErrorCodes.ConfigChanged, $"The configuration of {site.Name} was changed by somebody else meanwhile.", "Look at it as it is now, and make your change again.");
        }
    }

    private static void Hide(Redactor redactor, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: >= 4 } text)
            redactor.Add(text);
        else if (value.ValueKind == JsonValueKind.Object)
            value.EnumerateObject().ToList().ForEach(inner => Hide(redactor, inner.Value));
        else if (value.ValueKind == JsonValueKind.Array)
            value.EnumerateArray().ToList().ForEach(inner => Hide(redactor, inner));
    }
}

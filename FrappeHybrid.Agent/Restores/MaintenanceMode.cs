using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// Takes a site out of service for a job and gives it back as it was: the two keys that `bench set-maintenance-mode` writes (trap 19), with what they were
/// before, kept as a claim, so that a site which somebody had closed stays closed.
/// </summary>
internal static class MaintenanceMode
{
    private const string ClaimKind = "maintenance";

    private static readonly string[] Keys = ["maintenance_mode", "pause_scheduler"];

    /// <summary>Visitors see 503 and the scheduler rests from here on.</summary>
    public static void TurnOn(JobContext job, string configFile)
    {
        var config = SiteConfigFile.Read(configFile);
        var before = new JsonObject();
        foreach (var key in Keys)
        {
            if (config[key] is { } value)
                before[key] = value.DeepClone();
        }

        job.Claim(new JobClaim(ClaimKind, before.ToJsonString()));
        SiteConfigFile.Change(configFile, keys =>
        {
            foreach (var key in Keys)
                keys[key] = 1;
        });
    }

    /// <summary>As it was before the job; true when visitors see the site again. Nothing happens when the job has not turned it on.</summary>
    public static bool PutBack(JobContext job, string configFile)
    {
        if (job.Claims.FirstOrDefault(claim => claim.Kind == ClaimKind) is not { } claim)
            return true;

        var before = JsonNode.Parse(claim.Value)!.AsObject();
        SiteConfigFile.Change(configFile, keys => PutBack(keys, before));
        return !SiteConfigFile.IsOn(before[Keys[0]]);
    }

    /// <summary>The two keys as <paramref name="before"/> has them.</summary>
    public static void PutBack(JsonObject keys, JsonObject before)
    {
        foreach (var key in Keys)
        {
            if (before[key] is { } value)
                keys[key] = value.DeepClone();
            else
                keys.Remove(key);
        }
    }

    /// <summary>The two keys as the job found them; null when it has not turned maintenance on.</summary>
    public static JsonObject? Before(JobContext job) =>
        job.Claims.FirstOrDefault(claim => claim.Kind == ClaimKind) is { } claim ? JsonNode.Parse(claim.Value)!.AsObject() : null;
}

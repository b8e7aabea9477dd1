using System.Text.Json;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Updates;

/// <summary>The plans of updates that are under way, one file a site. The folder stays when it is empty: another update may be about to write into it.</summary>
internal sealed class UpdatePlans
{
    private readonly string folder;

    public UpdatePlans(AgentPaths paths)
    {
        folder = paths.UpdatesFolder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Null when nothing is under way.</summary>
    public UpdatePlan? Find(SiteName site)
    {
        var file = FileOf(site);
        return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), StoredUpdateJson.Default.UpdatePlan) : null;
    }

    /// <summary>On the disk when it returns.</summary>
    public UpdatePlan Write(UpdatePlan plan)
    {
        DurableFile.Write(FileOf(plan.Site), JsonSerializer.Serialize(plan, StoredUpdateJson.Default.UpdatePlan), DurableFile.Secret);
        return plan;
    }

    public void Remove(SiteName site)
    {
        if (!File.Exists(FileOf(site)))
            return;

        File.Delete(FileOf(site));
        DurableFile.FlushFolder(folder);
    }

    private string FileOf(SiteName site) => Path.Combine(folder, $"{site}.json");
}

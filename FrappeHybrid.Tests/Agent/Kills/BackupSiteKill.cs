using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class BackupSiteKill() : KillCase(BackupJobTypes.BackupSite)
{
    public override Task<Guid> OrderAsync(KillGround ground) => ground.OrderAsync(BackupRoutes.ForBackups(ground.Bench, ground.Site), """{"withFiles":true}""");

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        var backup = job.Result!.Value.Deserialize(BackupJson.Default.BackupRecord)!;
        Assert.Equal("", change.WithoutAbout($"/backups/{ground.Site}").ToString());
        var folder = Path.Combine(new BenchFolder(ground.Server.Paths, ground.Bench).Backups, ground.Site.Value, backup.Id.ToString());
        Assert.All(backup.Files, file => Assert.Equal(file.Bytes, new FileInfo(Path.Combine(folder, file.Name)).Length));
        await ground.AssertServesAsync();
    }

    public override Task TidyAsync(KillGround ground, JobSnapshot job)
    {
        Directory.Delete(Path.Combine(new BenchFolder(ground.Server.Paths, ground.Bench).Backups, ground.Site.Value), recursive: true);
        return Task.CompletedTask;
    }
}

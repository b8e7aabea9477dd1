using System.Text.Json;
using FrappeHybrid.Core.Contracts.Backups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Backups;

internal sealed class BackupConfiguration : IEntityTypeConfiguration<Backup>
{
    public void Configure(EntityTypeBuilder<Backup> builder)
    {
        builder.HasIndex(backup => new { backup.SiteId, backup.TakenAt });
        builder.HasIndex(backup => backup.State);
        builder.HasIndex(backup => backup.TeamId);

        // Written once and read whole: a column, not a table.
        builder.Property(backup => backup.Files).HasConversion(
            files => JsonSerializer.Serialize(files, BackupJson.Default.IReadOnlyListBackupFile),
            text => JsonSerializer.Deserialize(text, BackupJson.Default.IReadOnlyListBackupFile)!,
            new ValueComparer<IReadOnlyList<BackupFile>>((one, other) => ReferenceEquals(one, other), files => files.Count, files => files));
    }
}

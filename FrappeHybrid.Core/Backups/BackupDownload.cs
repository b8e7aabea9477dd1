using FrappeHybrid.Core.Contracts.Backups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Backups;

/// <summary>A link that gives one file of a backup to one person once. Holds only a hash: whoever reads the file of the portal cannot use it.</summary>
public sealed class BackupDownload
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the token, hex.</summary>
    public required string TokenHash { get; init; }

    public required Guid BackupId { get; init; }

    public required BackupFileKind Kind { get; init; }

    /// <summary>Whose it is; it works for nobody else.</summary>
    public required Guid UserId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class BackupDownloadConfiguration : IEntityTypeConfiguration<BackupDownload>
{
    public void Configure(EntityTypeBuilder<BackupDownload> builder)
    {
        builder.HasIndex(download => download.TokenHash).IsUnique();
        builder.HasIndex(download => download.ExpiresAt);
        builder.HasOne<Backup>().WithMany().HasForeignKey(download => download.BackupId).OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Activity;

internal sealed class ActivityEntryConfiguration : IEntityTypeConfiguration<ActivityEntry>
{
    public void Configure(EntityTypeBuilder<ActivityEntry> builder)
    {
        // What was recorded before results were is done.
        builder.Property(entry => entry.Result).HasDefaultValue(ActivityResult.Done);
        builder.HasIndex(entry => new { entry.TeamId, entry.At });
        builder.HasIndex(entry => entry.Number);
        builder.HasIndex(entry => entry.ServerId);
        builder.HasIndex(entry => entry.BenchId);
        builder.HasIndex(entry => entry.SiteId);
        builder.HasIndex(entry => entry.UserId);
    }
}

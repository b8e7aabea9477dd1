using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Provisioning;

internal sealed class PlayConfiguration : IEntityTypeConfiguration<Play>
{
    public void Configure(EntityTypeBuilder<Play> builder)
    {
        builder.Ignore(play => play.Error);
        builder.HasIndex(play => play.ServerId);
        builder.HasMany(play => play.Tasks).WithOne().HasForeignKey(task => task.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Sites;

internal sealed class SiteConfigChangeConfiguration : IEntityTypeConfiguration<SiteConfigChange>
{
    public void Configure(EntityTypeBuilder<SiteConfigChange> builder)
    {
        builder.Ignore(change => change.Edits);
        builder.HasIndex(change => new { change.SiteId, change.At });
        builder.HasOne<Site>().WithMany().HasForeignKey(change => change.SiteId).OnDelete(DeleteBehavior.Cascade);
    }
}

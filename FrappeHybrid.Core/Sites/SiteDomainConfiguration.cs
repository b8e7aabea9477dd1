using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Sites;

internal sealed class SiteDomainConfiguration : IEntityTypeConfiguration<SiteDomain>
{
    public void Configure(EntityTypeBuilder<SiteDomain> builder)
    {
        builder.HasIndex(domain => domain.Name).IsUnique();
        builder.HasIndex(domain => domain.SiteId);
        builder.HasOne<Site>().WithMany().HasForeignKey(domain => domain.SiteId).OnDelete(DeleteBehavior.Cascade);
    }
}

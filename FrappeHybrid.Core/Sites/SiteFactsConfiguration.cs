using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Sites;

internal sealed class SiteFactsConfiguration : IEntityTypeConfiguration<SiteFacts>
{
    public void Configure(EntityTypeBuilder<SiteFacts> builder) => builder.HasOne<Site>().WithOne().HasForeignKey<SiteFacts>(facts => facts.Id).OnDelete(DeleteBehavior.Cascade);
}

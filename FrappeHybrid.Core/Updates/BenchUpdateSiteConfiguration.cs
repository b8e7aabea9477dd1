using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Updates;

internal sealed class BenchUpdateSiteConfiguration : IEntityTypeConfiguration<BenchUpdateSite>
{
    public void Configure(EntityTypeBuilder<BenchUpdateSite> builder) => builder.ToTable("BenchUpdateSites").HasKey(site => new { site.BenchUpdateId, site.Number });
}

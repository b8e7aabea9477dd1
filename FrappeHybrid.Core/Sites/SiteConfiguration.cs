using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Sites;

internal sealed class SiteConfiguration : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> builder)
    {
        // Of two acts that move the same state at once, the second fails instead of overwriting.
        builder.Property(site => site.State).IsConcurrencyToken();
        builder.HasIndex(site => site.Name).IsUnique().HasFilter("\"State\" <> 'Archived' AND \"State\" <> 'Trashed'");
        builder.OwnsOne(site => site.Trash);
        builder.HasIndex(site => site.BenchId);
        builder.HasIndex(site => site.TeamId);
    }
}

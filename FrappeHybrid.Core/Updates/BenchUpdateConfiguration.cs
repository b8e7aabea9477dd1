using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Updates;

internal sealed class BenchUpdateConfiguration : IEntityTypeConfiguration<BenchUpdate>
{
    public void Configure(EntityTypeBuilder<BenchUpdate> builder)
    {
        // The engine and a person may decide at the same time.
        builder.Property(update => update.State).IsConcurrencyToken();
        builder.HasIndex(update => update.BenchId).IsUnique().HasFilter("\"State\" <> 'Done' AND \"State\" <> 'Cancelled'");
        builder.HasIndex(update => update.TeamId);
        builder.HasMany(update => update.Sites).WithOne().HasForeignKey(site => site.BenchUpdateId).OnDelete(DeleteBehavior.Cascade);
    }
}

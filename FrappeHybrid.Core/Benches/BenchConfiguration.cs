using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Benches;

internal sealed class BenchConfiguration : IEntityTypeConfiguration<Bench>
{
    public void Configure(EntityTypeBuilder<Bench> builder)
    {
        // Of two acts that move the same state at once, the second fails instead of overwriting.
        builder.Property(bench => bench.State).IsConcurrencyToken();
        builder.HasIndex(bench => new { bench.ServerId, bench.Name }).IsUnique().HasFilter("\"State\" <> 'Archived'");
        builder.HasIndex(bench => bench.TeamId);
    }
}

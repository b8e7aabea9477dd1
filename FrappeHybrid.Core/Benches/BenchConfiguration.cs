using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Benches;

internal sealed class BenchConfiguration : IEntityTypeConfiguration<Bench>
{
    public void Configure(EntityTypeBuilder<Bench> builder)
    {
        builder.HasIndex(bench => bench.ServerId);
        builder.HasIndex(bench => bench.TeamId);
    }
}

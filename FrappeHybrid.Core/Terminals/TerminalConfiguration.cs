using FrappeHybrid.Core.Benches;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Terminals;

internal sealed class TerminalConfiguration : IEntityTypeConfiguration<Terminal>
{
    public void Configure(EntityTypeBuilder<Terminal> builder)
    {
        builder.HasIndex(terminal => new { terminal.BenchId, terminal.BeganAt });
        builder.HasIndex(terminal => terminal.EndedAt);
        builder.HasOne<Bench>().WithMany().HasForeignKey(terminal => terminal.BenchId).OnDelete(DeleteBehavior.Cascade);
    }
}

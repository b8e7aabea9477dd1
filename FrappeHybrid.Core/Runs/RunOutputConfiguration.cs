using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Runs;

internal sealed class RunOutputConfiguration : IEntityTypeConfiguration<RunOutput>
{
    public void Configure(EntityTypeBuilder<RunOutput> builder)
    {
        builder.HasIndex(output => new { output.RunId, output.StepKey, output.Id });
    }
}

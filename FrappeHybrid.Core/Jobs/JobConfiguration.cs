using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Jobs;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.Ignore(job => job.Error);
        builder.HasIndex(job => new { job.TeamId, job.CreatedAt });
        builder.HasIndex(job => new { job.ServerId, job.State });
        builder.HasMany(job => job.Steps).WithOne().HasForeignKey(step => step.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

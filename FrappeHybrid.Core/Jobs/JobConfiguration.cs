using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Jobs;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.Ignore(job => job.Error);

        // The dispatcher, the feed and a cancel all write to a job: whoever decided on an older state fails and looks again.
        builder.Property(job => job.State).IsConcurrencyToken();
        builder.Property(job => job.MayBeDelivered).IsConcurrencyToken();
        builder.HasIndex(job => new { job.TeamId, job.CreatedAt });
        builder.HasIndex(job => new { job.ServerId, job.State });
        builder.HasIndex(job => job.BenchId);
        builder.HasIndex(job => job.SiteId);
        builder.HasMany(job => job.Steps).WithOne().HasForeignKey(step => step.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

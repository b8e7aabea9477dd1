using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Provisioning;

internal sealed class PlayTaskConfiguration : IEntityTypeConfiguration<PlayTask>
{
    public void Configure(EntityTypeBuilder<PlayTask> builder) => builder.ToTable("PlayTasks").HasKey(task => new { task.RunId, task.Number });
}

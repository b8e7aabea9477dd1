using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Releases;

internal sealed class ImageRegistryConfiguration : IEntityTypeConfiguration<ImageRegistry>
{
    public void Configure(EntityTypeBuilder<ImageRegistry> builder)
    {
        builder.ToTable("ImageRegistries");
        builder.HasIndex(registry => registry.Host).IsUnique();
    }
}

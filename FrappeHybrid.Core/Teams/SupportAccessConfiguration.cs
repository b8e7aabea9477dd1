using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Teams;

internal sealed class SupportAccessConfiguration : IEntityTypeConfiguration<SupportAccess>
{
    public void Configure(EntityTypeBuilder<SupportAccess> builder)
    {
        builder.Property(access => access.Reason).HasMaxLength(500);
        builder.Property(access => access.State).IsConcurrencyToken();
        builder.HasIndex(access => new { access.TeamId, access.AskedAt });
        builder.HasIndex(access => access.UserId);
    }
}

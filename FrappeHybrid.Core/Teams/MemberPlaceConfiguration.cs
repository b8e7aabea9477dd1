using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Teams;

internal sealed class MemberPlaceConfiguration : IEntityTypeConfiguration<MemberPlace>
{
    public void Configure(EntityTypeBuilder<MemberPlace> builder)
    {
        builder.HasKey(place => new { place.TeamId, place.UserId, place.ThingId });
        builder.HasIndex(place => place.UserId);
        builder.HasOne<TeamMember>().WithMany().HasForeignKey(place => new { place.TeamId, place.UserId }).OnDelete(DeleteBehavior.Cascade);
    }
}

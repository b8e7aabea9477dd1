using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Invitations;

internal sealed class TeamInvitationConfiguration : IEntityTypeConfiguration<TeamInvitation>
{
    public void Configure(EntityTypeBuilder<TeamInvitation> builder)
    {
        builder.Property(invitation => invitation.Email).HasMaxLength(254);
        builder.HasIndex(invitation => new { invitation.TeamId, invitation.NormalizedEmail }).IsUnique();
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        // The link that was made last is the one that is accepted: a link that dies meanwhile takes the acceptance with it.
        builder.Property(invitation => invitation.TokenHash).IsConcurrencyToken();
        builder.HasOne<Team>().WithMany().HasForeignKey(invitation => invitation.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}

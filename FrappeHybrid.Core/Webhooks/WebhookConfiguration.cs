using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Webhooks;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.Property(hook => hook.Url).HasMaxLength(WebhookAddress.Longest);
        builder.Property(hook => hook.Description).HasMaxLength(200);
        builder.HasIndex(hook => hook.TeamId);
        builder.HasOne<Team>().WithMany().HasForeignKey(hook => hook.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}

using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Notifications;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        // Whatever is fanned out twice is told once.
        builder.HasIndex(notification => new { notification.EventId, notification.UserId }).IsUnique();
        builder.HasIndex(notification => new { notification.UserId, notification.At });
        builder.HasIndex(notification => new { notification.UserId, notification.MailedAt });
        builder.HasIndex(notification => new { notification.ByEmail, notification.MailedAt });
        builder.HasOne(notification => notification.Event).WithMany().HasForeignKey(notification => notification.EventId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(notification => notification.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

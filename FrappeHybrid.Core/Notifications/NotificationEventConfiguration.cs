using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Notifications;

internal sealed class NotificationEventConfiguration : IEntityTypeConfiguration<NotificationEvent>
{
    public void Configure(EntityTypeBuilder<NotificationEvent> builder)
    {
        builder.Property(told => told.Title).HasMaxLength(Notifier.LongestTitle);
        builder.Property(told => told.Detail).HasMaxLength(Notifier.LongestDetail);
        builder.Property(told => told.FannedOutAt).IsConcurrencyToken();
        builder.HasIndex(told => told.FannedOutAt);
        builder.HasIndex(told => told.At);
    }
}

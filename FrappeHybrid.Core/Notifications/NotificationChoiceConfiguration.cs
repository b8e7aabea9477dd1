using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Notifications;

internal sealed class NotificationChoiceConfiguration : IEntityTypeConfiguration<NotificationChoice>
{
    public void Configure(EntityTypeBuilder<NotificationChoice> builder)
    {
        builder.HasKey(choice => new { choice.UserId, choice.TeamId, choice.Kind });
        builder.HasIndex(choice => choice.TeamId);
    }
}

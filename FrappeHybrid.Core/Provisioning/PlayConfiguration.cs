using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Provisioning;

internal sealed class PlayConfiguration : IEntityTypeConfiguration<Play>
{
    public void Configure(EntityTypeBuilder<Play> builder)
    {
        builder.Ignore(play => play.Error);
        builder.Property(play => play.Kind).HasDefaultValue("set-up-server");
        builder.Property(play => play.Facts)
            .HasConversion(
                facts => JsonSerializer.Serialize(facts, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default) ?? new Dictionary<string, string>(),
                new ValueComparer<Dictionary<string, string>>(
                    (one, other) => JsonSerializer.Serialize(one, JsonSerializerOptions.Default) == JsonSerializer.Serialize(other, JsonSerializerOptions.Default),
                    facts => facts.Count,
                    facts => new Dictionary<string, string>(facts)))
            .HasDefaultValueSql("'{}'");
        builder.HasIndex(play => play.ServerId);
        builder.HasMany(play => play.Tasks).WithOne().HasForeignKey(task => task.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

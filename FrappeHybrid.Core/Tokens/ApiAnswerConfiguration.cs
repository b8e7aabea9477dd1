using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Tokens;

internal sealed class ApiAnswerConfiguration : IEntityTypeConfiguration<ApiAnswer>
{
    public void Configure(EntityTypeBuilder<ApiAnswer> builder)
    {
        builder.HasIndex(answer => new { answer.TokenId, answer.KeyHash }).IsUnique();
        builder.HasIndex(answer => answer.At);
        builder.HasOne<ApiToken>().WithMany().HasForeignKey(answer => answer.TokenId).OnDelete(DeleteBehavior.Cascade);
    }
}

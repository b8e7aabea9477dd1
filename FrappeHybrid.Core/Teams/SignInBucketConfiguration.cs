using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Teams;

internal sealed class SignInBucketConfiguration : IEntityTypeConfiguration<SignInBucket>
{
    public void Configure(EntityTypeBuilder<SignInBucket> builder)
    {
        builder.HasKey(bucket => bucket.Key);
        builder.Property(bucket => bucket.Failures);
        builder.Property(bucket => bucket.FirstAt);
        builder.Property(bucket => bucket.ClosedUntil);
        builder.Property(bucket => bucket.ForgetAt);
        builder.HasIndex(bucket => bucket.ForgetAt);
    }
}

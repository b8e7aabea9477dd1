using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FrappeHybrid.Core.Servers;

internal sealed class PreflightReportConfiguration : IEntityTypeConfiguration<PreflightReport>
{
    public void Configure(EntityTypeBuilder<PreflightReport> builder)
    {
        builder.HasOne<Server>().WithOne().HasForeignKey<PreflightReport>(report => report.Id).OnDelete(DeleteBehavior.Cascade);
        builder.OwnsMany(report => report.Rows, row =>
        {
            row.WithOwner().HasForeignKey(each => each.ServerId);
            row.HasKey(each => new { each.ServerId, each.Number });
        });
    }
}

using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Data;

/// <summary>The portal's one SQLite file. Taken from IDbContextFactory only, for one act at a time.</summary>
public sealed class PortalDb(DbContextOptions<PortalDb> options) : IdentityUserContext<PortalUser, Guid>(options)
{
    public DbSet<Team> Teams => Set<Team>();

    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();

    public DbSet<ActivityEntry> Activity => Set<ActivityEntry>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<Server> Servers => Set<Server>();

    public DbSet<PreflightReport> PreflightReports => Set<PreflightReport>();

    public DbSet<Play> Plays => Set<Play>();

    public DbSet<Bench> Benches => Set<Bench>();

    public DbSet<Site> Sites => Set<Site>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<RunOutput> RunOutputs => Set<RunOutput>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
    }
}

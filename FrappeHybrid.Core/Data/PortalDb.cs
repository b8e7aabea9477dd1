using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Core.Webhooks;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Data;

/// <summary>The portal's one SQLite file. Taken from IDbContextFactory only, for one act at a time.</summary>
public sealed class PortalDb(DbContextOptions<PortalDb> options) : IdentityUserContext<PortalUser, Guid>(options)
{
    public DbSet<Team> Teams => Set<Team>();

    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    public DbSet<MemberPlace> MemberPlaces => Set<MemberPlace>();

    public DbSet<TeamInvitation> TeamInvitations => Set<TeamInvitation>();

    public DbSet<SupportAccess> SupportAccesses => Set<SupportAccess>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<ApiAnswer> ApiAnswers => Set<ApiAnswer>();

    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();

    public DbSet<SignInBucket> SignInBuckets => Set<SignInBucket>();

    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    public DbSet<PortalSession> Sessions => Set<PortalSession>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<ActivityEntry> Activity => Set<ActivityEntry>();

    public DbSet<ActivityHead> ActivityHeads => Set<ActivityHead>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<ImageRegistry> ImageRegistries => Set<ImageRegistry>();

    public DbSet<Server> Servers => Set<Server>();

    public DbSet<PreflightReport> PreflightReports => Set<PreflightReport>();

    public DbSet<Play> Plays => Set<Play>();

    public DbSet<Bench> Benches => Set<Bench>();

    public DbSet<Site> Sites => Set<Site>();

    public DbSet<Backup> Backups => Set<Backup>();

    public DbSet<BackupDownload> BackupDownloads => Set<BackupDownload>();

    public DbSet<SiteDomain> SiteDomains => Set<SiteDomain>();

    public DbSet<SiteFacts> SiteFacts => Set<SiteFacts>();

    public DbSet<SiteConfigChange> SiteConfigChanges => Set<SiteConfigChange>();

    public DbSet<BenchUpdate> BenchUpdates => Set<BenchUpdate>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<RunOutput> RunOutputs => Set<RunOutput>();

    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    public DbSet<NotificationEvent> NotificationEvents => Set<NotificationEvent>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<NotificationChoice> NotificationChoices => Set<NotificationChoice>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<Terminal> Terminals => Set<Terminal>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
    }
}

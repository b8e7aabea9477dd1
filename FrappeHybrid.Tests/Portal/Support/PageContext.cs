using System.Security.Claims;
using Bunit;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Api;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Layout.Commands;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Radzen;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>Components of the portal on a real Core with a database of its own; scripts answer nothing.</summary>
internal sealed class PageContext : BunitContext
{
    private readonly bool isOurs;

    private PageContext(TestCore core, Guid user, bool isOurs)
    {
        Core = core;
        this.isOurs = isOurs;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddFallbackServiceProvider(new CoreServices(core));
        Services.AddSingleton(core.Time);
        Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(user));
        Services.AddScoped(provider => new CurrentActor(provider.GetRequiredService<AuthenticationStateProvider>(), new Actors(core.Get<ActorQueries>())));
        Services.AddScoped<Workspace>();
        Services.AddScoped(_ => new RunningRuns(core.Get<JobQueries>(), core.Get<PlayQueries>()));
        Services.AddScoped(_ => new OpenEstate(core.Get<EstateQueries>(), core.Get<TeamQueries>()));
        Services.AddScoped<ViewerTime>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<CommandMenus>();
        Services.AddScoped<CommandRunner>();
        Services.AddSingleton(Acts(core));
        Services.AddRadzenComponents();
        Services.AddSingleton(new ApiReference(new NoDocument()));
    }

    public TestCore Core { get; }

    /// <summary>On a core of its own, or on one that somebody else ends.</summary>
    public static async Task<PageContext> StartAsync(StaffRole staff = StaffRole.Operator, TeamRole? role = null, TestCore? on = null)
    {
        var core = on ?? await TestCore.StartAsync();
        await using var db = await core.DbAsync();
        var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = "somebody@example.com", Email = "somebody@example.com", Staff = staff };
        db.Users.Add(user);
        if (role is { } given)
            db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = user.Id, Role = given });
        await db.SaveChangesAsync();
        return new PageContext(core, user.Id, on is null);
    }

    /// <summary>For a user that is there, on a core that somebody else ends.</summary>
    public static PageContext For(TestCore core, Guid user) => new(core, user, isOurs: false);

    /// <summary>The acts that commands run.</summary>
    public static CommandActs Acts(TestCore core) => new(
        core.Get<BackupSite>(), core.Get<ClearSiteCache>(), core.Get<UpdateSite>(), core.Get<RestartBench>(), core.Get<UpdateBenchSites>(), core.Get<UpdateQueries>(), core.Get<CancelJob>(), core.Get<RetryJob>());

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        if (isOurs)
            await Core.DisposeAsync();
    }

    // The description is made from the route table, which is not here.
    private sealed class NoDocument : IOpenApiDocumentProvider
    {
        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default) => Task.FromResult(new OpenApiDocument { Paths = [] });
    }

    private sealed class CoreServices(TestCore core) : IServiceProvider
    {
        public object? GetService(Type serviceType)
        {
            try
            {
                return serviceType.Namespace?.StartsWith("FrappeHybrid.Core", StringComparison.Ordinal) == true ? core.Get(serviceType) : null;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    private sealed class SignedIn(Guid user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], "test"))));
    }
}

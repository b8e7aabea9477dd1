using System.Security.Claims;
using Bunit;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>Components of the portal on a real Core with a database of its own; scripts answer nothing.</summary>
internal sealed class PageContext : BunitContext
{
    private PageContext(TestCore core, Guid user)
    {
        Core = core;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddFallbackServiceProvider(new CoreServices(core));
        Services.AddSingleton(core.Time);
        Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(user));
        Services.AddScoped(provider => new CurrentActor(provider.GetRequiredService<AuthenticationStateProvider>(), core.Get<ActorQueries>()));
        Services.AddScoped<Workspace>();
        Services.AddScoped(_ => new RunningRuns(core.Get<JobQueries>(), core.Get<PlayQueries>(), core.Get<ServerQueries>()));
        Services.AddRadzenComponents();
    }

    public TestCore Core { get; }

    public static async Task<PageContext> StartAsync(StaffRole staff = StaffRole.Operator, TeamRole? role = null)
    {
        var core = await TestCore.StartAsync();
        await using var db = await core.DbAsync();
        var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = "somebody@example.com", Email = "somebody@example.com", Staff = staff };
        db.Users.Add(user);
        if (role is { } given)
            db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = user.Id, Role = given });
        await db.SaveChangesAsync();
        return new PageContext(core, user.Id);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Core.DisposeAsync();
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

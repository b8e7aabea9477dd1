using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Portal.Api;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FrappeHybrid.Portal.Account;

/// <summary>Who signs in and what they may do.</summary>
internal static class AccountServices
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddPortalIdentity().AddSignInManager();
        services.AddAuthentication(ApiServices.Scheme).AddApiTokens(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<CoreOptions>((options, core) =>
        {
            CookieRules.Apply(options.Cookie, "frappe-hybrid.user", SameSiteMode.Lax, core);
            options.LoginPath = AccountPaths.SignIn;
            options.AccessDeniedPath = AccountPaths.Denied;
            options.ReturnUrlParameter = "returnUrl";
            // The session in the database decides when it ends; each request asks it, so that the stamp needs no look of its own.
            options.ExpireTimeSpan = PortalSessions.Longest;
            options.SlidingExpiration = false;
            options.Events.OnValidatePrincipal = _ => Task.CompletedTask;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme)
            .Configure<CoreOptions>((options, core) => CookieRules.Apply(options.Cookie, "frappe-hybrid.half", SameSiteMode.Strict, core));
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, SessionTickets>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // It stands for both factors: the device must have asked who is holding it.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddSingleton<KnownBrowsers>();
        services.AddScoped<SignInFlow>();
        services.AddAuthorization(Capabilities.AddPolicies);
        services.AddScoped<IAuthorizationHandler, CapabilityHandler>();
        services.AddScoped<Actors>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CircuitUse>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitUse>());
        services.AddScoped<AuthenticationStateProvider, RevalidatingAuthenticationState>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<FirstStartGate>();
    }
}

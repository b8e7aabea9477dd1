using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Registers people's accounts.</summary>
public static class AccountsServices
{
    /// <summary>Identity's core over <see cref="PortalDb"/> with our rules; the portal adds what needs a browser.</summary>
    public static IdentityBuilder AddPortalIdentity(this IServiceCollection services) => services
        .AddIdentityCore<PortalUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // PasswordRules decides alone: length counts, not the kinds of characters.
            options.Password.RequiredLength = 1;
            options.Password.RequiredUniqueChars = 0;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
        })
        .AddPasswordValidator<PortalPasswordValidator>()
        .AddEntityFrameworkStores<PortalDb>();

    internal static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Accounts").Get<AccountOptions>() ?? new AccountOptions());
        services.AddSingleton<IPasswordHasher<PortalUser>, PasswordHasher<PortalUser>>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountMail>();
        services.AddSingleton<AccountQueries>();
        services.AddSingleton<PersonalChoices>();
        services.AddSingleton<RememberChoice>();
        services.AddSingleton<PortalSessions>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<SignUp>();
        services.AddSingleton<ConfirmEmail>();
        services.AddSingleton<SendConfirmation>();
        services.AddSingleton<RequestPasswordReset>();
        services.AddSingleton<ResetPassword>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<RequestEmailChange>();
        services.AddSingleton<ChangeName>();
    }
}

using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Holds every password that Identity sets to <see cref="PasswordRules"/>.</summary>
public sealed class PortalPasswordValidator : IPasswordValidator<PortalUser>
{
    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(PasswordRules.Problem(password, user.Email, user.Name) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = problem.Code, Description = problem.Advice is null ? problem.Message : $"{problem.Message} {problem.Advice}" })
            : IdentityResult.Success);
    }
}

using Microsoft.AspNetCore.Authorization;

namespace FrappeHybrid.Portal.Account;

/// <summary>One policy for each of Core's permissions, by the same name. What a page asks without a team is "anywhere"; each act asks again for its own team.</summary>
internal static class Permissions
{
    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var permission in Enum.GetValues<Permission>())
            options.AddPolicy(permission.ToString(), policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
        // Nothing is open by forgetting an attribute.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}

/// <summary>Asks for one of Core's permissions.</summary>
internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

/// <summary>The only place where the portal asks whether somebody may; it leaves the answer to <see cref="Actor"/>.</summary>
internal sealed class PermissionHandler(ActorQueries actors) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User.FindUserId() is { } user && await actors.ForUserAsync(user, CancellationToken.None) is { } actor && actor.MayAnywhere(requirement.Permission))
            context.Succeed(requirement);
    }
}

using Microsoft.AspNetCore.Authorization;

namespace FrappeHybrid.Portal.Account;

/// <summary>One policy for each of Core's capabilities, by the same name. What a page asks without a place is "anywhere"; each act asks again for its own place.</summary>
internal static class Capabilities
{
    /// <summary>Policy of what shows and changes the account of whoever is signed in, and nobody else's.</summary>
    public const string OwnAccount = "OwnAccount";

    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var capability in Enum.GetValues<Capability>())
            options.AddPolicy(capability.ToString(), policy => policy.RequireAuthenticatedUser().AddRequirements(new CapabilityRequirement(capability)));
        options.AddPolicy(OwnAccount, policy => policy.RequireAuthenticatedUser());
        // Nothing is open by forgetting an attribute.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}

/// <summary>Asks for one of Core's capabilities.</summary>
internal sealed record CapabilityRequirement(Capability Capability) : IAuthorizationRequirement;

/// <summary>The only place where the portal asks whether somebody may; it leaves the answer to <see cref="Actor"/>.</summary>
internal sealed class CapabilityHandler(Actors actors) : AuthorizationHandler<CapabilityRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, CapabilityRequirement requirement)
    {
        if (await actors.OfAsync(context.User, CancellationToken.None) is { } actor && actor.MayAnywhere(requirement.Capability))
            context.Succeed(requirement);
    }
}

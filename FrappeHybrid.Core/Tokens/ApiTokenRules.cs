using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Tokens;

/// <summary>What a token may be.</summary>
public static class ApiTokenRules
{
    /// <summary>The most tokens that one user has open.</summary>
    public const int MostOpen = 50;

    /// <summary>A program is no person: no token makes, changes or revokes tokens.</summary>
    public static readonly Error NotWithToken = new("forbidden", "A token cannot work on tokens.", "Sign in to the portal and open \"API tokens\" there.");

    /// <summary>
    /// What a token for the place can be given: what the actor may there, and what is ever asked for a place as narrow as this one (nobody invites people to a site), without what is for people only.
    /// </summary>
    public static IReadOnlyList<Capability> Offered(Actor actor, Place place) =>
        [.. CapabilityTable.Rules.Where(rule => rule.IsForPrograms && place.Kind <= rule.Kind && actor.May(rule.Capability, place)).Select(rule => rule.Capability)];

    internal static Error? WhyNot(ApiTokenRequest request)
    {
        if ((request.Name ?? "").Trim() is not { Length: >= 1 and <= 80 } name || name.Any(char.IsControl))
            return new Error("token-name-invalid", "A token's name has 1 to 80 characters.", "Say what it is for, e.g. \"Nightly backup script\".");
        return request.Days is < 1 or > ApiToken.LongestDays
            ? new Error("token-days-invalid", $"A token lives from 1 to {ApiToken.LongestDays} days.", "Choose a shorter time; a new token is made in a minute.")
            : null;
    }
}

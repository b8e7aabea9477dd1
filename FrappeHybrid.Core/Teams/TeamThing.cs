namespace FrappeHybrid.Core.Teams;

/// <summary>A server, bench or site with its name.</summary>
/// <param name="Server">The server of a bench, as benches of different servers may be called alike; null for the others.</param>
public sealed record TeamThing(Guid Id, PlaceKind Kind, string Name, Place Place, string? Server = null)
{
    /// <summary>"site shop.example.com", "bench main on Frankfurt".</summary>
    public string Words => $"{Kind.ToString().ToLowerInvariant()} {Name}{(Server is null ? "" : $" on {Server}")}";
}

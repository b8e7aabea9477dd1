namespace FrappeHybrid.Core.Accounts;

/// <summary>What somebody typed who signs up.</summary>
/// <param name="Name">How the person is called; may be empty.</param>
/// <param name="Team">The name of the team that is made for him.</param>
public sealed record SignUpRequest(string Email, string Password, string Name, string Team);

namespace FrappeHybrid.Core.Accounts;

/// <summary>A user's own account as its pages show it.</summary>
/// <param name="ShownName">The name, or the address when there is none.</param>
public sealed record AccountView(Guid Id, string? Name, string Email, string ShownName, bool IsOperator, bool HasSecondFactor, int RecoveryCodesLeft, int Passkeys, int Sessions);

namespace FrappeHybrid.Core.Accounts;

/// <summary>What an authenticator app needs.</summary>
/// <param name="Key">For typing, base 32 in groups of four.</param>
/// <param name="Address">For the QR code.</param>
public sealed record SecondFactorSetup(string Key, string Address);

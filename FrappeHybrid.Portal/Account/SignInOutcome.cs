namespace FrappeHybrid.Portal.Account;

/// <summary>What came of a try to sign in.</summary>
/// <param name="IsIn">Signed in.</param>
/// <param name="NeedsCode">The password is right; now the second factor.</param>
/// <param name="Problem">Why not, for the user.</param>
internal sealed record SignInOutcome(bool IsIn, bool NeedsCode, string? Problem)
{
    public static readonly SignInOutcome In = new(true, false, null);

    public static readonly SignInOutcome Code = new(false, true, null);

    public static SignInOutcome Of(string problem) => new(false, false, problem);
}

namespace FrappeHybrid.Core.Common;

/// <summary>Why an act was not done. Acts return it; exceptions are for bugs and for the edge.</summary>
/// <param name="Code">Stable, for us, e.g. "site-name-taken".</param>
/// <param name="Message">What is wrong, for the user: a sentence.</param>
/// <param name="Advice">What to do about it; null when the message says it all.</param>
/// <param name="Raw">The raw text behind it, secrets taken out; shown folded.</param>
public sealed record Error(string Code, string Message, string? Advice = null, string? Raw = null)
{
    /// <summary>The actor may not do this, or the thing is not theirs to see: both look the same from outside.</summary>
    public static readonly Error NotFound = new("not-found", "There is nothing here, or it is not yours to see.", "Check the address, or sign in with the account that owns it.");
}

namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>Why a job failed, for a person.</summary>
/// <param name="Code">Stable, for us: see <see cref="JobErrorCodes"/>.</param>
/// <param name="Message">What is wrong, in plain words.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Raw">The end of the raw output behind it, at most 16 KB, with secrets taken out; null when there is none.</param>
public sealed record JobError(string Code, string Message, string? Advice, string? Raw)
{
    private const string LeftBehindText = "Something of it is left on the server, because taking it away did not work: ";

    /// <summary>The advice of a job whose compensation could not be done.</summary>
    /// <param name="reason">Why not.</param>
    public static string LeftBehind(string reason) => $"{LeftBehindText}{reason} Remove it by hand before you start the job again.";

    /// <summary>True for the advice of <see cref="LeftBehind"/>.</summary>
    public static bool SaysLeftBehind(string? advice) => advice?.StartsWith(LeftBehindText, StringComparison.Ordinal) == true;
}

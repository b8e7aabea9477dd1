namespace FrappeHybrid.Portal.Account;

/// <summary>Errors of Core as a form shows them.</summary>
internal static class FormErrors
{
    /// <summary>What is wrong and what to do, in one line.</summary>
    public static string ForForm(this Error error) => error.Advice is null ? error.Message : $"{error.Message} {error.Advice}";
}

using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Mail;

/// <summary>A letter was not accepted.</summary>
public sealed class MailException(MailTrouble trouble, Error error, Exception? inner = null) : Exception(error.Message, inner)
{
    public MailTrouble Trouble { get; } = trouble;

    /// <summary>Why, without a secret and without anything of the letter's text.</summary>
    public Error Error { get; } = error;
}

namespace FrappeHybrid.Core.Mail;

/// <summary>What a failure to send means for the letters that wait.</summary>
public enum MailTrouble
{
    /// <summary>The mail server as a whole: every letter waits.</summary>
    Server,

    /// <summary>This letter, for now (the server said 4xx): it is tried again.</summary>
    Letter,

    /// <summary>This letter, for ever (the server said 5xx): it is given up.</summary>
    Final,
}

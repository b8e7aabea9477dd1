namespace FrappeHybrid.Core.Mail;

/// <summary>How the connection to the mail server is kept private.</summary>
public enum MailSecurity
{
    /// <summary>Begins in plain text and becomes TLS before anything is said; a server that does not offer it gets no letter. Port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte. Port 465.</summary>
    Tls,

    /// <summary>None: a mail server on this machine only. No password is sent this way.</summary>
    None,
}

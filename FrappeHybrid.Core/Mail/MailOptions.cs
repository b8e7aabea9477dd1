using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FrappeHybrid.Core.Mail;

/// <summary>How the portal sends letters, section "Mail" of appsettings.json. Without a host and without a folder it sends none.</summary>
public sealed class MailOptions
{
    /// <summary>The sender's address, e.g. "portal@example.com"; its domain is also that of the letters' ids.</summary>
    public string From { get; set; } = "";

    /// <summary>The sender's name as people read it, e.g. "Example Hosting".</summary>
    public string FromName { get; set; } = "";

    /// <summary>The mail server's name; its certificate has to be for this name.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The user at the mail server; empty when it wants none.</summary>
    public string User { get; set; } = "";

    /// <summary>The user's password; a file is better, because an environment is easily read.</summary>
    public string Password { get; set; } = "";

    /// <summary>A file that holds the password in its first line; read anew for each letter, so that a changed one needs no restart.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>A file of PEM certificates: who may sign the mail server's certificate, in place of the authorities that this machine trusts.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>For development: letters are written here as .eml files and go to nobody. Relative to the program's folder.</summary>
    public string Folder { get; set; } = "";

    /// <summary>How long one letter may take from connecting to the server's last word, 1 to 600.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Nothing says where letters should go.</summary>
    public bool IsOff => Host.Length == 0 && Folder.Length == 0;

    /// <summary>Letters become files.</summary>
    public bool IsFolder => Folder.Length > 0;

    /// <summary>The folder as an absolute path.</summary>
    public string FolderPath => Path.GetFullPath(Folder, AppContext.BaseDirectory);

    /// <summary>What is wrong with the settings, as a sentence that says what to change and holds no secret; null when they are right.</summary>
    public string? FindProblem()
    {
        if (IsOff)
        {
            return From.Length > 0 || User.Length > 0 || Password.Length > 0 || PasswordFile.Length > 0
                ? "the section Mail of appsettings.json names neither a mail server nor a folder. Set Mail:Host (or, for development, Mail:Folder), or take the section away."
                : null;
        }

        if (IsFolder && Host.Length > 0)
            return "Mail:Host and Mail:Folder are both set. Letters go either to a mail server or into a folder: take one away.";
        if (!IsPlainAddress(From))
            return $"Mail:From is \"{From}\"; it has to be the address that letters come from, such as portal@example.com.";
        if (FromName.Any(char.IsControl) || FromName.Length > 100)
            return "Mail:FromName has at most 100 characters, all on one line.";
        return IsFolder ? null : FindServerProblem();
    }

    /// <summary>The password as it is now; empty when there is none.</summary>
    internal async Task<string> ReadPasswordAsync(CancellationToken cancel) =>
        PasswordFile.Length == 0 ? Password : FirstLine(await File.ReadAllTextAsync(PasswordFile, cancel));

    /// <summary>Who may sign the server's certificate; null for the authorities of this machine.</summary>
    internal X509Certificate2Collection? ReadAuthorities()
    {
        if (AuthorityFile.Length == 0)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(AuthorityFile);
        return authorities;
    }

    private string? FindServerProblem()
    {
        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown)
            return $"Mail:Host is \"{Host}\"; it has to be a name such as mail.example.com, without a port.";
        if (Port is < 1 or > 65535)
            return $"Mail:Port is {Port}; it must be 1 to 65535.";
        if (TimeoutSeconds is < 1 or > 600)
            return $"Mail:TimeoutSeconds is {TimeoutSeconds}; it must be 1 to 600.";
        if (Password.Length > 0 && PasswordFile.Length > 0)
            return "Mail:Password and Mail:PasswordFile are both set. Keep the file and take the other away.";
        var hasPassword = Password.Length > 0 || PasswordFile.Length > 0;
        if (hasPassword != User.Length > 0)
            return "a mail server wants a user and a password, or neither. Set Mail:User together with Mail:PasswordFile.";
        if (hasPassword && Security is MailSecurity.None)
            return "Mail:Security is None, and a password would cross the network readable for everybody. Use StartTls or Tls, or take Mail:User and the password away.";
        return FindFileProblem();
    }

    private string? FindFileProblem()
    {
        try
        {
            if (PasswordFile.Length > 0 && FirstLine(File.ReadAllText(PasswordFile)).Length == 0)
                return $"the file of Mail:PasswordFile, {PasswordFile}, is empty.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"the file of Mail:PasswordFile cannot be read ({problem.Message}).";
        }

        try
        {
            if (ReadAuthorities() is { Count: 0 })
                return $"the file of Mail:AuthorityFile, {AuthorityFile}, holds no certificate in PEM.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return $"the file of Mail:AuthorityFile cannot be read ({problem.Message}).";
        }

        return null;
    }

    private static bool IsPlainAddress(string text) => text.Length <= 254 && text.All(char.IsAscii) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r');
}

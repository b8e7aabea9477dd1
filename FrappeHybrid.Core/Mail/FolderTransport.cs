using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Mail;

/// <summary>For development: writes letters as files, byte for byte what a mail server would get.</summary>
public sealed class FolderTransport(MailOptions options) : IMailTransport
{
    /// <summary>The newest files that are looked at.</summary>
    private const int Most = 20;

    private const int LargestFile = 1 << 20;

    /// <inheritdoc/>
    public async Task<string> SendAsync(MailLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Recipient is null)
            throw new MailException(MailTrouble.Final, new Error("mail-address", "This address cannot be written to: the part before the @ has to be ASCII.", "Ask for another address."));
        try
        {
            var folder = Own();
            var half = Path.Combine(folder, $"{letter.Id}.half");
            await using (var file = new FileStream(half, ForOwnerAlone()))
                await file.WriteAsync(letter.ToBytes(), cancel);
            File.Move(half, Path.Combine(folder, $"{letter.Id}.eml"), overwrite: true);
            return $"written to {letter.Id}.eml";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailException(MailTrouble.Server, new Error("mail-folder", $"The letter could not be written: {exception.Message}", "Set Mail:Folder to a folder that the portal's user may write."), exception);
        }
    }

    /// <summary>The last letters, newest first; ids sort by time.</summary>
    internal async Task<IReadOnlyList<MailFileView>> ReadLastAsync(CancellationToken cancel)
    {
        var letters = new List<MailFileView>();
        if (!Directory.Exists(options.FolderPath))
            return letters;
        var files = new DirectoryInfo(options.FolderPath).EnumerateFiles("*.eml").OrderByDescending(file => file.Name, StringComparer.Ordinal).Take(Most);
        foreach (var file in files.Where(file => file.Length <= LargestFile))
        {
            try
            {
                letters.Add(MailFileView.Parse(file.Name, await File.ReadAllTextAsync(file.FullName, cancel)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Taken away between the look and the reading.
            }
        }

        return letters;
    }

    // A letter may hold a link that opens an account.
    private static FileStreamOptions ForOwnerAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private string Own()
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(options.FolderPath).FullName;
        return Directory.CreateDirectory(options.FolderPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }
}

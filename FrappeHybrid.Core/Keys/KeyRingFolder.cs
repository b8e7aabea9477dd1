using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Keys;

/// <summary>The folder of the key ring: Data Protection's files, and a check value by which a wrong key is known at once.</summary>
internal sealed class KeyRingFolder(string path)
{
    /// <summary>Name of the file with the check value.</summary>
    public const string CheckName = "check";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string CheckPurpose = "key-ring-check";
    private static readonly byte[] CheckText = Encoding.UTF8.GetBytes("FrappeHybrid");

    private string CheckPath => Path.Combine(path, CheckName);

    /// <summary>The ring's files in the order of their names; none when there is no folder.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.xml").Order(StringComparer.Ordinal)] : [];

    /// <summary>There is a check value: some key has closed this ring.</summary>
    public bool HasCheck => File.Exists(CheckPath);

    /// <summary>All files, read; "key-ring-damaged" when one is none.</summary>
    public Result<IReadOnlyDictionary<string, XElement>> Read()
    {
        var read = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            try
            {
                using var stream = File.OpenRead(file);
                read.Add(file, KeyRingXml.Parse(stream));
            }
            catch (Exception problem) when (problem is XmlException or IOException or UnauthorizedAccessException)
            {
                return new Error("key-ring-damaged", $"The file {file} of the key ring cannot be read: {problem.Message}", "Put the folder back from a backup.");
            }
        }

        return read;
    }

    /// <summary>Whether the key is the one that closed this ring: the check value and every file open with it. A ring that lies open as a whole has no opinion.</summary>
    public Result Verify(PortalKey key)
    {
        if (HasCheck && !CheckOpens(key))
            return new Error("key-wrong", $"The key is not the one with which the key ring in {path} was encrypted.", "Use the key file that belongs to it.");
        var read = Read();
        if (!read.IsDone)
            return read.Error;
        foreach (var (file, content) in read.Value)
        {
            if (!KeyRingXml.Opens(content, key))
            {
                return HasCheck
                    ? new Error("key-ring-damaged", $"The file {file} of the key ring does not open, though the key is the right one: it was damaged, or belongs to another ring.", "Put the folder back from a backup.")
                    : new Error("key-wrong", $"The key is not the one with which the key ring in {path} was encrypted.", "Use the key file that belongs to it.");
            }
        }

        return Result.Done;
    }

    /// <summary>Writes the check value, and encrypts what a portal without a key file has written. Each file is written beside and renamed, so that a kill leaves the old or the new one.</summary>
    public void Close(PortalKey key)
    {
        Directory.CreateDirectory(path, Private | UnixFileMode.UserExecute);
        if (!HasCheck)
            Write(CheckPath, file => file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Seal(CheckPurpose, CheckText)) + "\n")));
        foreach (var (name, content) in Read().Value)
        {
            if (KeyRingXml.OpenParts(content).Count == 0)
                continue;
            KeyRingXml.CloseParts(content, key);
            Write(name, content.Save);
        }
    }

    private bool CheckOpens(PortalKey key)
    {
        try
        {
            return key.Open(CheckPurpose, Convert.FromBase64String(File.ReadAllText(CheckPath).Trim())).AsSpan().SequenceEqual(CheckText);
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static void Write(string path, Action<Stream> write)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}

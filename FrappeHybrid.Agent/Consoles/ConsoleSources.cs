using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Consoles;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>Everything on this server that can be shown in a console, by its name.</summary>
internal sealed class ConsoleSources(DockerEngine engine, BenchCatalog catalog, AgentOptions options, TimeProvider time)
{
    /// <summary>What the name stands for; a problem when there is no such thing.</summary>
    public ILogSource Open(ConsoleSource source) => source.Kind switch
    {
        ConsoleSourceKind.Service => new ServiceConsole(engine, BenchContainers.NameOf(Bench(source).Bench, source.Service!.Value), time),
        ConsoleSourceKind.Agent => new JournalConsole(options.Journal, time),
        ConsoleSourceKind.NginxAccess => Nginx(options.NginxAccessLog),
        ConsoleSourceKind.NginxError => Nginx(options.NginxErrorLog),
        ConsoleSourceKind.Database => new ServiceConsole(engine, options.MariaDbContainer, time),
        ConsoleSourceKind.File => File(source),
        ConsoleSourceKind.Bench => throw ApiException.Invalid("invalid-request", "The services of a bench are asked for one by one."),
        _ => throw ApiException.NotFound("There is no such console."),
    };

    private FileConsole File(ConsoleSource source)
    {
        var folder = Bench(source);
        var logs = new BenchLogs(folder);
        var redactor = BenchSecrets.Redactor(folder);
        var files = new LogFiles(logs.FolderOf(source.Site), source.Log!.Value, name => logs.Open(source.Site, name));

        // Frappe writes the time of its container, and those have no zone of their own.
        return new FileConsole(files, TimeZoneInfo.Utc, redactor.Clean, time);
    }

    private FileConsole Nginx(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return new FileConsole(new LogFiles(folder, Path.GetFileName(path), name => Open(Path.Combine(folder, name))), TimeZoneInfo.Local, text => text, time);
    }

    private BenchFolder Bench(ConsoleSource source)
    {
        var folder = catalog.Folder(source.Bench!);
        return folder.Read() is not null ? folder : throw ApiException.NotFound($"There is no bench called {source.Bench} on this server.");
    }

    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new ApiException(StatusCodes.Status403Forbidden, "permission-denied", $"The Agent may not read {path}.", "Run the set-up of the server again: it lets the Agent read logs.");
        }
    }
}

using FrappeHybrid.Core.Keys;
using Microsoft.AspNetCore.DataProtection;

namespace FrappeHybrid.Portal.Commands;

/// <summary>Core for a command: the same settings as the portal's (appsettings.json, environment), nothing started.</summary>
internal static class CommandCore
{
    /// <param name="dataFolder">Wins over the settings; relative to the current folder.</param>
    /// <param name="keyFile">Wins over the settings; relative to the current folder.</param>
    public static ServiceProvider Make(string? dataFolder, string? keyFile = null)
    {
        // The current folder is where whoever calls stands; the settings lie beside the program.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Given(("Portal:DataFolder", dataFolder), ("Portal:KeyFile", keyFile)));
        var services = new ServiceCollection().AddLogging().AddFrappeHybridCore(builder.Configuration);
        services.AddKeyRingProtection().DisableAutomaticKeyGeneration();
        return services.BuildServiceProvider();
    }

    /// <summary>A passphrase from a file, or from standard input when it is "-"; the end of the line does not belong to it.</summary>
    public static async Task<Result<string>> ReadPassphraseAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var reader = path == "-" ? Console.In : new StreamReader(path);
            var text = new char[4096];
            var length = await reader.ReadBlockAsync(text, cancel);
            return new string(text, 0, length).TrimEnd('\r', '\n');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Error("passphrase-file-unreadable", $"The passphrase cannot be read: {problem.Message}", "Name a file with the passphrase on one line, or - for standard input.");
        }
    }

    /// <summary>Says why it was not done.</summary>
    public static async Task<int> SayAsync(TextWriter to, Error error)
    {
        await to.WriteLineAsync(error.Advice is null ? error.Message : $"{error.Message}\n{error.Advice}");
        return 1;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Given(params (string Key, string? Value)[] settings) =>
        settings.Where(each => each.Value is not null).Select(each => KeyValuePair.Create(each.Key, (string?)Path.GetFullPath(each.Value!)));
}

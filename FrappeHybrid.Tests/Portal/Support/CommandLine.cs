using System.CommandLine;
using FrappeHybrid.Portal.Commands;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>The portal's commands, as a shell calls them, in this process.</summary>
internal static class CommandLine
{
    /// <summary>Exit code and everything that was printed.</summary>
    public static async Task<(int Code, string Text)> RunAsync(params string[] args)
    {
        await using var text = new StringWriter();
        var code = await PortalCommands.RunAsync(args, new InvocationConfiguration { Output = text, Error = text }, Xunit.TestContext.Current.CancellationToken);
        return (code, text.ToString());
    }
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning.Ssh;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>A running portal that holds one secret of each kind, and folders for its backup and for the machines that it is restored on.</summary>
internal sealed class BackedUpPortal : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("backup-test").FullName;

    private BackedUpPortal()
    {
    }

    public TestPortal Portal { get; private set; } = null!;

    public LogSink Logs { get; } = new();

    public Guid Server { get; private set; }

    public string PrivateKey { get; private set; } = "";

    public string Certificate { get; private set; } = "";

    public string KeyFile => In("elsewhere/portal.key");

    public string Data => In("data");

    public string Backup => In("backup.zip");

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Its key file lies elsewhere, as docs/operations.md advises.</summary>
    public static async Task<BackedUpPortal> StartAsync()
    {
        var made = new BackedUpPortal();
        Directory.CreateDirectory(made.In("elsewhere"));
        made.Portal = await made.StartOnAsync(made.Data, made.KeyFile);
        var services = made.Portal.Services;
        Assert.True((await services.GetRequiredService<CreateOperator>().RunAsync(TestPortal.Email, TestPortal.Password, "Example Hosting", Cancel)).IsDone);
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var team = await db.Teams.SingleAsync(Cancel);
        var actor = TestCore.StaffOf(StaffRole.Operator);
        made.Server = (await services.GetRequiredService<CreateServer>().RunAsync(actor, team.Id, "fra-1", Cancel)).Value;
        made.Certificate = services.GetRequiredService<PortalCertificate>().Fingerprint;
        made.PrivateKey = await made.OpenPrivateKeyAsync(made.Portal);
        return made;
    }

    public string In(string name) => Path.Combine(folder, name);

    public Task<TestPortal> StartOnAsync(string data, string? keyFile) => TestPortal.StartAsync(folder: data, configure: builder =>
    {
        if (keyFile is not null)
            builder.WebHost.UseSetting("Portal:KeyFile", keyFile);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter<ConsoleLoggerProvider>(_ => false).AddProvider(Logs);
    });

    public async Task<string> OpenPrivateKeyAsync(TestPortal portal)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var closed = await db.Servers.Where(server => server.Id == Server).Select(server => server.SshPrivateKeyProtected).SingleAsync(Cancel);
        return portal.Services.GetRequiredService<SecretVault>().Open(SshKeys.VaultPurpose, closed);
    }

    /// <summary>Makes the backup with the command, beside the running portal.</summary>
    public async Task BackUpAsync(params string[] more)
    {
        var (code, text) = await CommandLine.RunAsync(["backup", Backup, "--data-folder", Data, "--key-file", KeyFile, .. more]);
        Assert.True(code == 0, text);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        Directory.Delete(folder, true);
    }
}

using System.Threading.Channels;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using FrappeHybrid.Tests.Lab;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Demo;

/// <summary>The real portal, with its operator's account, hosted by the demo so that it can call the same acts that the pages call.</summary>
internal sealed class DemoPortal : IAsyncDisposable
{
    private readonly WebApplication portal;

    private DemoPortal(WebApplication portal, Uri url)
    {
        this.portal = portal;
        Url = url;
    }

    public Uri Url { get; }

    public Actor Actor { get; private set; } = null!;

    /// <summary>Opens the portal signed in; works once.</summary>
    public Uri SignInLink { get; private set; } = null!;

    public static async Task<DemoPortal> StartAsync(LabDescription lab, string dataFolder, int port, int sitePort, CancellationToken cancel)
    {
        var url = new Uri($"http://127.0.0.1:{port}/");
        var host = PortalHost.Build(["--urls", url.ToString()], builder =>
        {
            builder.Configuration.AddInMemoryCollection(lab.PortalSettings(dataFolder, sitePort));
            builder.Logging.ClearProviders();
            // Keys of a portal that lives for minutes, in a folder that only its owner reads.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        });
        var demo = new DemoPortal(host, url);
        await host.StartAsync(cancel);
        await demo.SignUpAsync(cancel);
        return demo;
    }

    /// <summary>One of the portal's acts or queries.</summary>
    public T Get<T>()
        where T : notnull => portal.Services.GetRequiredService<T>();

    /// <summary>Asks again whenever something was stored, until the answer will do.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T?>> ask, Func<T, bool> isEnough, Action<T> show, CancellationToken cancel)
        where T : class
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = Get<LiveChanges>().Subscribe(_ => wake.Writer.TryWrite(true));
        while (true)
        {
            var answer = await ask();
            if (answer is not null)
            {
                show(answer);
                if (isEnough(answer))
                    return answer;
            }

            await wake.Reader.ReadAsync(cancel);
        }
    }

    /// <summary>Shows a play until it ends.</summary>
    public Task<RunView> PlayAsync(Guid id, DemoTerminal terminal, CancellationToken cancel) =>
        WatchAsync(() => Get<PlayQueries>().FindAsync(Actor, id, cancel), run => run.HasEnded, terminal.Show, cancel);

    /// <summary>Shows a job until it ends.</summary>
    public Task<RunView> JobAsync(Guid id, DemoTerminal terminal, CancellationToken cancel) =>
        WatchAsync(() => Get<JobQueries>().FindAsync(Actor, id, cancel), run => run.HasEnded, terminal.Show, cancel);

    public async ValueTask DisposeAsync()
    {
        await portal.StopAsync();
        await portal.DisposeAsync();
    }

    private async Task SignUpAsync(CancellationToken cancel)
    {
        // Nobody needs this password: the link signs in. It only has to be nobody else's.
        var password = NewPassword();
        var user = Value(await Get<CreateOperator>().RunAsync("operator@example.com", password, "Demo company", cancel));
        Actor = await Get<ActorQueries>().ForUserAsync(user, null, cancel) ?? throw new InvalidOperationException("The operator's account is not there.");
        var token = await Get<SignInLinks>().CreateAsync(user, TimeSpan.FromHours(12), cancel);
        SignInLink = new Uri(Url, $"account/enter#{token}");
    }

    /// <summary>A password that fits every rule and is nobody else's.</summary>
    public static string NewPassword() => $"Demo-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12))}-1";

    /// <summary>The value of an act that must work here.</summary>
    public static T Value<T>(Result<T> result) => result.IsDone ? result.Value : throw Refused(result.Error);

    /// <summary>An act that must work here.</summary>
    public static void Done(Result result)
    {
        if (!result.IsDone)
            throw Refused(result.Error);
    }

    private static InvalidOperationException Refused(Error error) => new($"{error.Message} {error.Advice} ({error.Code})");
}

using System.Collections.Concurrent;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent.Api;

/// <summary>
/// The handshake has let nobody in but the portal; this ends what is open when the portal's certificate is taken out of agent.json, long-lived streams
/// included.
/// </summary>
internal sealed class PortalGate(AgentSettingsFile settings, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<HttpContext, string> open = new();

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Connection.ClientCertificate is not { } certificate || !settings.Allows(certificate))
        {
            context.Abort();
            return;
        }

        open[context] = AgentSettingsFile.FingerprintOf(certificate);
        try
        {
            await next(context);
        }
        finally
        {
            open.TryRemove(context, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (context, fingerprint) in open)
            {
                if (!settings.Allows(fingerprint))
                    End(context);
            }
        }
    }

    // A request may end by itself at this moment; nothing of its context can be touched then, and a fault here would end the whole Agent.
    private static void End(HttpContext context)
    {
        try
        {
            context.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
    }
}

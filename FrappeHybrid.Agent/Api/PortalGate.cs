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
    private readonly ConcurrentDictionary<HttpContext, bool> open = new();

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (!settings.Allows(context.Connection.ClientCertificate))
        {
            context.Abort();
            return;
        }

        open[context] = true;
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
            foreach (var context in open.Keys)
            {
                if (!settings.Allows(context.Connection.ClientCertificate))
                    context.Abort();
            }
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Core.Webhooks;

/// <summary>A customer's server that takes webhooks: keeps what came, answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Requests.Enqueue(new Request(context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync(context.RequestAborted)));
            arrived.Release();
            await Answer(context);
        });
    }

    private readonly SemaphoreSlim arrived = new(0);

    public ConcurrentQueue<Request> Requests { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public string Url => $"{app.Urls.First()}/hook?token=receiver-token";

    public int Port => new Uri(Url).Port;

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for one more request.</summary>
    public async Task ArrivedAsync(CancellationToken cancel)
    {
        if (!await arrived.WaitAsync(TimeSpan.FromMinutes(2), cancel))
            throw new TimeoutException("Nothing arrived.");
    }

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
            await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        arrived.Dispose();
    }

    public sealed record Request(string Path, Dictionary<string, string> Headers, string Body);
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Api;

/// <summary>`/feed`: everything that happened after a number, then everything that happens, for as long as the reader stays.</summary>
internal sealed class FeedRoute(JobFeed feed, TimeProvider time, IHostApplicationLifetime lifetime) : IRoutes
{
    private const int Page = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(AgentRoutes.Feed, (RequestDelegate)ReadAsync);

    private async Task ReadAsync(HttpContext context)
    {
        var after = ReadAfter(context);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await ApiMessages.OpenStreamAsync(context);
        await SendAsync(context, new FeedEvent(0, FeedEventKind.Hello, time.GetUtcNow(), Epoch: feed.Epoch));
        try
        {
            while (true)
            {
                var next = feed.NextChange;
                var events = feed.Read(after, Page);
                foreach (var (number, line) in events)
                {
                    ApiMessages.WriteLine(context, Encoding.UTF8.GetBytes(line));
                    after = number;
                }

                if (events.Count > 0)
                    await ApiMessages.FlushAsync(context);
                else if (!await ChangesAsync(next, leave.Token))
                    await SendAsync(context, new FeedEvent(0, FeedEventKind.Heartbeat, time.GetUtcNow()));
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            // The reader has left, or the Agent is being ended: the reader comes back with its last number.
        }
    }

    /// <summary>False after a quiet time.</summary>
    private async Task<bool> ChangesAsync(Task next, CancellationToken cancel)
    {
        try
        {
            await next.WaitAsync(Quiet, time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Where to begin: a reader that knows another epoch knows other numbers, and gets everything.</summary>
    private long ReadAfter(HttpContext context)
    {
        long after = 0;
        if ((string?)context.Request.Query["after"] is { Length: > 0 } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw ApiException.Invalid("invalid-request", "after is the number of the last event that you have.");

        if ((string?)context.Request.Query["epoch"] is not { Length: > 0 } epoch)
            return after;

        if (!Guid.TryParse(epoch, out var known))
            throw ApiException.Invalid("invalid-request", "epoch is the id that Hello carries.");

        return known == feed.Epoch ? after : 0;
    }

    private static Task SendAsync(HttpContext context, FeedEvent feedEvent)
    {
        ApiMessages.WriteLine(context, JsonSerializer.SerializeToUtf8Bytes(feedEvent, AgentJson.Default.FeedEvent));
        return ApiMessages.FlushAsync(context);
    }
}

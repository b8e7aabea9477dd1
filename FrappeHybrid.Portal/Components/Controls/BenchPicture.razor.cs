using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The network of a bench with each part's live state; a click on a part opens its console.</summary>
public partial class BenchPicture
{
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(10);

    /// <summary>However much is stored meanwhile.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    private TaskCompletionSource wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetworkPicture picture = new(null);
    private BenchNetwork? network;
    private Error? problem;
    private Guid followed;
    private bool mayWatch;
    private bool mayWatchServer;

    [Parameter, EditorRequired]
    public BenchView Bench { get; set; } = null!;

    [Inject]
    private BenchStatus Status { get; set; } = null!;

    // Whoever is let into a part of the bench only is not told how the whole is.
    private bool MaySee => Actor.MaySeeAllOf(Bench.Place);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.TeamId == Bench.TeamId && change.Entity is (nameof(Bench) or nameof(Job) or nameof(Server));

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancel)
    {
        mayWatch = May(Capability.WatchConsoles, Bench.Place);
        mayWatchServer = May(Capability.WatchConsoles, new Place(Bench.Place.TeamId, Bench.ServerId));
        if (followed == Bench.Id)
        {
            wake.TrySetResult();
        }
        else if (MaySee)
        {
            (followed, network, problem, picture) = (Bench.Id, null, null, new NetworkPicture(null));
            _ = InvokeAsync(() => FollowAsync(Bench.Id));
        }

        return Task.CompletedTask;
    }

    private static string? About(NetworkNode node) => node.Name switch
    {
        NetworkPicture.Proxy => "What stands before the server, if anything: the server does not see it",
        NetworkPicture.Nginx => "The server's own, shared by its benches",
        NetworkPicture.Database => "The server's MariaDB, shared by its benches",
        _ => null,
    };

    // Where a click leads; null for what has no console, or none for this person.
    private string? AddressOf(NetworkNode node) =>
        node.Service is { } service && mayWatch ? $"/benches/{Bench.Id}/console/{service.Name()}"
        : node.Shared is { } shared && mayWatchServer ? ConsoleView.AddressOf(Bench.ServerId, shared)
        : null;

    // How the parts are is not stored: they are looked at while somebody does, and soon after something was done to the bench.
    private async Task FollowAsync(Guid bench)
    {
        try
        {
            while (followed == bench)
            {
                wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var answer = await Status.NetworkAsync(Actor, bench, Gone);
                if (followed != bench)
                    return;
                problem = answer.Error;
                network = answer.IsDone ? answer.Value : network;

                // What was seen before says nothing of now.
                picture = new NetworkPicture(answer.IsDone ? network : null);
                StateHasChanged();
                await Task.Delay(AtMost, Time, Gone);
                await Task.WhenAny(wake.Task, Task.Delay(Asking - AtMost, Time, Gone));
                Gone.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}

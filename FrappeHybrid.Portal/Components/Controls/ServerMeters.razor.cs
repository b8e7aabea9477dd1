using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>How busy a server is, live while it is shown: processors, memory and disk with their last minutes.</summary>
public partial class ServerMeters
{
    private ServerLoad? load;
    private Error? problem;
    private Guid followed;

    [Parameter, EditorRequired]
    public Guid ServerId { get; set; }

    /// <summary>What the portal has stored, shown until the server has answered.</summary>
    [Parameter]
    public ServerInfo? Facts { get; set; }

    /// <summary>Beside each other, for a card.</summary>
    [Parameter]
    public bool IsCompact { get; set; }

    [Inject]
    private ServerLoads Loads { get; set; } = null!;

    private IReadOnlyList<LoadFigure> Meters => load is { Samples.Count: > 0 } ? LoadFigure.Of(load) : Facts is { } facts ? LoadFigure.Of(facts) : [];

    private string? Note => problem?.Message ?? (load is { Samples.Count: 0 } ? "The Agent has just started: its first figures come in some seconds." : null);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancel)
    {
        if (followed != ServerId)
        {
            (followed, load, problem) = (ServerId, null, null);
            _ = InvokeAsync(() => FollowAsync(ServerId));
        }

        return Task.CompletedTask;
    }

    // How busy a server is is not stored, so no change announces it.
    private async Task FollowAsync(Guid server)
    {
        try
        {
            while (followed == server)
            {
                var answer = await Loads.ReadAsync(Actor, server, Gone);
                if (followed != server)
                    return;
                problem = answer.Error;
                load = answer.IsDone ? answer.Value : load;
                StateHasChanged();
                await Task.Delay(ServerLoads.Interval, Time, Gone);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}

using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who did what to one server.</summary>
public partial class ServerActivity
{
    private ActivityFilter filter = new();
    private ServerView? server;
    private bool mayRead;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        server = await Servers.FindAsync(Actor, Id, cancel);
        mayRead = server is not null && May(Capability.ViewActivity, server.Place);
        filter = new ActivityFilter { ServerId = Id };
    }
}

using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One console without the desktop around it, for a window of its own.</summary>
public partial class ConsoleWindow
{
    private ServerView? server;
    private ConsoleSource? source;
    private Error? problem;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>See <see cref="ConsoleSource"/>.</summary>
    [Parameter]
    public string SourceName { get; set; } = "";

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private ConsoleAccess Access { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Server) } && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        source = ConsoleSource.TryParse(SourceName, out var known) ? known : null;
        server = await Servers.FindAsync(Actor, Id, cancel);
        problem = source is null ? null : await Access.RefuseAsync(Actor, Id, source, cancel);
    }
}

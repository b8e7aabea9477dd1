using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Anything on a server that writes lines: the Agent, nginx, MariaDB, and by its name whatever a bench has.</summary>
public partial class ServerConsole
{
    private ServerView? server;
    private ConsoleSource? source;
    private Error? problem;

    /// <summary>The server's own.</summary>
    public static IReadOnlyList<ConsoleSource> Sources { get; } = [ConsoleSource.Agent, ConsoleSource.NginxAccess, ConsoleSource.NginxError, ConsoleSource.Database];

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>See <see cref="ConsoleSource"/>.</summary>
    [Parameter]
    public string SourceName { get; set; } = "";

    [SupplyParameterFromQuery(Name = ConsoleGrid.Query)]
    private string? Beside { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private ConsoleAccess Access { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

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

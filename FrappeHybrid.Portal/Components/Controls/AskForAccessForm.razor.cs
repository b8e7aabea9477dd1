using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Support asks to be let into a team, or one server, bench or site of it.</summary>
public partial class AskForAccessForm
{
    private string reason = "";
    private int minutes = SupportTimes.Usual;
    private Error? problem;
    private bool isBusy;

    [Parameter, EditorRequired]
    public Guid TeamId { get; set; }

    [Parameter, EditorRequired]
    public Guid ThingId { get; set; }

    /// <summary>It was asked, or not to be.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnDone { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private AskForAccess AskForAccess { get; set; } = null!;

    private async Task AskAsync()
    {
        if (await CurrentActor.FindAsync(CancellationToken.None) is not { } actor)
            return;
        isBusy = true;
        problem = (await AskForAccess.RunAsync(actor, TeamId, ThingId, reason, minutes, CancellationToken.None)).Error;
        isBusy = false;
        if (problem is null)
            await OnDone.InvokeAsync();
    }
}

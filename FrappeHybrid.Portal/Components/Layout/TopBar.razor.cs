using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Whose desktop this is, the command palette, theme and account.</summary>
public partial class TopBar
{
    private string name = "";
    private string role = "";
    private IReadOnlyList<Command> pages = [];
    private bool lacksSecondFactor;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private AccountQueries Accounts { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (await Current.FindAsync(CancellationToken.None) is not { } actor)
            return;
        var account = await Accounts.FindAsync(actor.UserId, CancellationToken.None);
        name = account?.ShownName ?? actor.Name;
        lacksSecondFactor = account is { IsOperator: true, HasSecondFactor: false };
        var teams = await Teams.MineAsync(actor, CancellationToken.None);
        pages = [.. PageCommands.OfPerson.Where(command => command.IsOffered(actor, Thing.None))];
        role = actor.Staff switch
        {
            StaffRole.Operator => "Operator",
            StaffRole.Support => "Support",
            StaffRole.None => teams.Count == 1 ? teams[0].Role?.ToString() ?? "" : "",
            _ => throw new InvalidOperationException($"{actor.Staff} is not a role of staff."),
        };
    }
}

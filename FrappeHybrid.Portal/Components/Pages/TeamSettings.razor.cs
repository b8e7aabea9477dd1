using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>A team's name, who owns it, and the ways out of it.</summary>
public partial class TeamSettings
{
    private TeamListing? team;
    private MemberView? me;
    private List<MemberView> others = [];
    private Error? problem;
    private string name = "";
    private Guid newOwner;
    private bool isLastOwner;
    private bool mayOwn;
    private bool mayOperate;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private MemberQueries Members { get; set; } = null!;

    [Inject]
    private RenameTeam RenameTeam { get; set; } = null!;

    [Inject]
    private TransferOwnership TransferOwnership { get; set; } = null!;

    [Inject]
    private LeaveTeam LeaveTeam { get; set; } = null!;

    [Inject]
    private RemoveTeam RemoveTeam { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Team) or nameof(Server) or LiveChange.Access && change.TeamId == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var before = team;
        team = await Teams.FindAsync(Actor, Id, cancel);
        mayOwn = May(Capability.OwnTeam, new Place(Id));
        mayOperate = May(Capability.OperatePortal, Place.Portal);
        var members = team is null ? [] : await Members.ListAsync(Actor, Id, cancel);
        me = members.FirstOrDefault(member => member.IsMe);
        others = [.. members.Where(member => !member.IsMe)];
        isLastOwner = me?.Role is TeamRole.Owner && !others.Exists(member => member.Role is TeamRole.Owner);
        if (!others.Exists(member => member.UserId == newOwner))
            newOwner = others is [var first, ..] ? first.UserId : default;

        // What somebody types stays when something else changes.
        if (before?.Id != team?.Id || name == before?.Name)
            name = team?.Name ?? "";
    }

    private Task RenameAsync() => DoAsync(() => RenameTeam.RunAsync(Actor, Id, name, Gone));

    private async Task TransferAsync()
    {
        if (others.Find(member => member.UserId == newOwner) is not { } taker
            || !await Dialogs.ConfirmByNameAsync("Give the team away", team!.Name, $"{taker.Email} becomes the owner; you become an admin. Only the new owner can give it back.", "Give away"))
            return;
        await DoAsync(() => TransferOwnership.RunAsync(Actor, Id, taker.UserId, team.Name, Gone));
    }

    private async Task LeaveTeamAsync()
    {
        if (!await Dialogs.ConfirmByNameAsync("Leave the team", team!.Name, "You lose everything in it at once.", "Leave"))
            return;
        await DoAsync(() => LeaveTeam.RunAsync(Actor, Id, Gone));
        if (problem is null && team is null)
            Navigation.NavigateTo("/teams");
    }

    private async Task RemoveAsync()
    {
        if (!await Dialogs.ConfirmByNameAsync("Remove the team", team!.Name, "Its members lose it, and its invitations end.", "Remove"))
            return;
        await DoAsync(() => RemoveTeam.RunAsync(Actor, Id, team.Name, Gone));
        if (problem is null)
            Navigation.NavigateTo("/teams");
    }

    private async Task DoAsync(Func<Task<Result>> act)
    {
        isBusy = true;
        problem = (await act()).Error;
        isBusy = false;
        await ReloadAsync();
    }
}

using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who is in a team, as what, and in which part of it.</summary>
public partial class TeamMembers
{
    private static readonly StateLook WithFactor = new(IconName.Ok, "ok", "Second factor");
    private static readonly StateLook WithoutFactor = new(IconName.Idle, "idle", "Password only");
    private TeamListing? team;
    private IReadOnlyList<MemberView> members = [];
    private Error? problem;
    private Error? formProblem;
    private Guid? editing;
    private TeamRole role;
    private bool isLimited;
    private IReadOnlySet<Guid> limited = new HashSet<Guid>();
    private bool mayManage;
    private bool mayOwn;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private MemberQueries Members { get; set; } = null!;

    [Inject]
    private ChangeMemberRole ChangeMemberRole { get; set; } = null!;

    [Inject]
    private LimitMember LimitMember { get; set; } = null!;

    [Inject]
    private RemoveMember RemoveMember { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private bool IsLimitable => role is TeamRole.Developer or TeamRole.Viewer;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Team) or LiveChange.Access && change.TeamId == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        team = await Teams.FindAsync(Actor, Id, cancel);
        mayManage = May(Capability.ManageMembers, new Place(Id));
        mayOwn = May(Capability.OwnTeam, new Place(Id));
        members = team is null ? [] : await Members.ListAsync(Actor, Id, cancel);
        if (!members.Any(member => member.UserId == editing && CanChange(member)))
            Close();
    }

    private bool CanChange(MemberView member) => mayManage && (mayOwn || member.Role is not TeamRole.Owner) && !(member.IsMe && members.Count == 1);

    private void Edit(MemberView member)
    {
        (editing, role, isLimited, limited) = (member.UserId, member.Role, member.Limit is not null, member.Limit?.Select(thing => thing.Id).ToHashSet() ?? []);
        formProblem = null;
    }

    private void Close() => (editing, formProblem) = (null, null);

    private async Task SaveAsync(MemberView member)
    {
        isBusy = true;
        formProblem = role == member.Role ? null : (await ChangeMemberRole.RunAsync(Actor, Id, member.UserId, role, Gone)).Error;
        // Of himself nobody changes the limits, so that his own form asks for none.
        if (formProblem is null && IsLimitable && !member.IsMe)
            formProblem = (await LimitMember.RunAsync(Actor, Id, member.UserId, isLimited ? [.. limited] : null, Gone)).Error;
        isBusy = false;
        if (formProblem is null)
            Close();
        await ReloadAsync();
    }

    private async Task RemoveAsync(MemberView member)
    {
        if (!await Dialogs.ConfirmByNameAsync("Remove this member", member.Email, $"{(member.IsMe ? "You lose" : "The person loses")} everything in {team!.Name} at once; API tokens for it stop working.", "Remove"))
            return;
        isBusy = true;
        problem = (await RemoveMember.RunAsync(Actor, Id, member.UserId, Gone)).Error;
        isBusy = false;
        await ReloadAsync();
    }
}

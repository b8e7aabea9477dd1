using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who is invited into a team, and a form to invite.</summary>
public partial class TeamInvitations
{
    private TeamListing? team;
    private IReadOnlyList<InvitationView> invitations = [];
    private Error? problem;
    private Error? formProblem;
    private string? link;
    private string linkFor = "";
    private string? said;
    private string email = "";
    private TeamRole role = TeamRole.Developer;
    private bool isLimited;
    private IReadOnlySet<Guid> limited = new HashSet<Guid>();
    private bool mayManage;
    private bool mayOwn;
    private bool isInviting;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The form is open at the start.</summary>
    [SupplyParameterFromQuery]
    private bool New { get; set; }

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private InvitationQueries Invitations { get; set; } = null!;

    [Inject]
    private InvitationLetters Letters { get; set; } = null!;

    [Inject]
    private InviteMember InviteMember { get; set; } = null!;

    [Inject]
    private ResendInvitation ResendInvitation { get; set; } = null!;

    [Inject]
    private WithdrawInvitation WithdrawInvitation { get; set; } = null!;

    private bool IsLimitable => role is TeamRole.Developer or TeamRole.Viewer;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Team) or nameof(TeamInvitation) or LiveChange.Access && change.TeamId == Id;

    /// <inheritdoc/>
    protected override void OnInitialized() => isInviting = New;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        team = await Teams.FindAsync(Actor, Id, cancel);
        mayManage = May(Capability.ManageMembers, new Place(Id));
        mayOwn = May(Capability.OwnTeam, new Place(Id));
        invitations = await Invitations.ListAsync(Actor, Id, cancel);
    }

    private static StateLook Look(InvitationView invitation) => invitation switch
    {
        { IsBacked: false } => new StateLook(IconName.Warn, "warn", "Not valid"),
        { IsExpired: true } => new StateLook(IconName.Idle, "idle", "Too old"),
        _ => new StateLook(IconName.Draft, "idle", "Waiting"),
    };

    private void Begin()
    {
        isInviting = true;
        (link, said, problem) = (null, null, null);
    }

    private void Close()
    {
        isInviting = false;
        (email, role, isLimited, limited, formProblem) = ("", TeamRole.Developer, false, new HashSet<Guid>(), null);
    }

    private async Task InviteAsync()
    {
        isBusy = true;
        var sent = await InviteMember.RunAsync(Actor, Id, email, role, IsLimitable && isLimited ? [.. limited] : null, Gone);
        formProblem = sent.Error;
        isBusy = false;
        if (sent.IsDone)
        {
            Show(sent.Value, email.Trim());
            Close();
        }

        await ReloadAsync();
    }

    private async Task ResendAsync(InvitationView invitation)
    {
        isBusy = true;
        var sent = await ResendInvitation.RunAsync(Actor, invitation.Id, Gone);
        problem = sent.Error;
        isBusy = false;
        if (sent.IsDone)
            Show(sent.Value, invitation.Email);
        await ReloadAsync();
    }

    private async Task WithdrawAsync(InvitationView invitation)
    {
        isBusy = true;
        problem = (await WithdrawInvitation.RunAsync(Actor, invitation.Id, Gone)).Error;
        isBusy = false;
        (link, said) = (null, problem is null ? $"The invitation of {invitation.Email} is withdrawn; its link does not work any more." : null);
        await ReloadAsync();
    }

    private void Show(InvitationReceipt receipt, string to)
    {
        link = receipt.Link is { } path ? Navigation.ToAbsoluteUri(path).AbsoluteUri : null;
        linkFor = to;
        said = link is null ? $"A letter with the link is on its way to {to}." : null;
    }
}

using FrappeHybrid.Core.People;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One account, for the operator: its role in the hosting company, a sign-in link, closing it.</summary>
public partial class PersonPage
{
    private PersonView? person;
    private Error? problem;
    private StaffRole staff;
    private string staffReason = "";
    private string closeReason = "";
    private string? link;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private SetStaffRole SetStaffRole { get; set; } = null!;

    [Inject]
    private DisableUser DisableUser { get; set; } = null!;

    [Inject]
    private EnableUser EnableUser { get; set; } = null!;

    [Inject]
    private CreateSignInLink CreateSignInLink { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <summary>How the state of an account looks.</summary>
    internal static StateLook Look(PersonView person) => person switch
    {
        { DisabledAt: not null } => new StateLook(IconName.Fail, "fail", "Closed"),
        { LockedUntil: not null } => new StateLook(IconName.Warn, "warn", "Locked"),
        { IsConfirmed: false } => new StateLook(IconName.Draft, "idle", "Unconfirmed"),
        _ => new StateLook(IconName.Ok, "ok", "Open"),
    };

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => (change.Entity is LiveChange.Access && change.Id == Id) || change.Entity is nameof(Team);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var before = person;
        person = await People.FindAsync(Actor, Id, cancel);
        if (before?.Id != person?.Id)
            link = null;
        if (person is not null && (before?.Id != person.Id || before.Staff != person.Staff))
            (staff, staffReason) = (person.Staff, "");
    }

    private Task SetStaffAsync() => DoAsync(() => SetStaffRole.RunAsync(Actor, Id, staff, staffReason, Gone));

    private Task EnableAsync() => DoAsync(() => EnableUser.RunAsync(Actor, Id, Gone));

    private async Task DisableAsync()
    {
        if (person is null || !await Dialogs.ConfirmByNameAsync("Close this account", person.Email, "The person is signed out everywhere and cannot sign in until the account is opened again.", "Close account"))
            return;
        await DoAsync(() => DisableUser.RunAsync(Actor, Id, closeReason, Gone));
        if (problem is null)
            closeReason = "";
    }

    private async Task MakeLinkAsync()
    {
        if (person is null || !await Dialogs.ConfirmByNameAsync("Make a sign-in link", person.Email, "Whoever has the link is signed in as this person.", "Make link"))
            return;
        isBusy = true;
        var made = await CreateSignInLink.RunAsync(Actor, Id, Gone);
        problem = made.Error;
        if (made.IsDone)
            link = Navigation.ToAbsoluteUri(made.Value).AbsoluteUri;
        isBusy = false;
    }

    private async Task DoAsync(Func<Task<Result>> act)
    {
        isBusy = true;
        problem = (await act()).Error;
        isBusy = false;
        await ReloadAsync();
    }
}

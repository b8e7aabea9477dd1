using FrappeHybrid.Core.Notifications;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What one is told of and how: everywhere, otherwise in one team, and what a team proposes to its members. Each change is kept at once.</summary>
public sealed partial class NotificationSettings
{
    private const string DefaultOf = "default-";
    private readonly SemaphoreSlim oneSave = new(1, 1);
    private List<NotificationChoiceView> rows = [];
    private IReadOnlyList<TeamView> teams = [];
    private List<TeamView> managed = [];
    private IReadOnlySet<Guid> differing = new HashSet<Guid>();
    private string? shownScope;
    private Error? problem;
    private bool wasSaved;

    [SupplyParameterFromQuery(Name = "for")]
    private string? Scope { get; set; }

    [Inject]
    private NotificationQueries Notifications { get; set; } = null!;

    [Inject]
    private ChooseNotifications Choose { get; set; } = null!;

    [Inject]
    private ChooseTeamNotifications ChooseForTeam { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    private bool IsDefault => Scope?.StartsWith(DefaultOf, StringComparison.Ordinal) == true;

    private Guid? TeamId => Guid.TryParse(IsDefault ? Scope![DefaultOf.Length..] : Scope, out var id) ? id : null;

    private string TeamName => teams.FirstOrDefault(team => team.Id == TeamId)?.Name ?? "this team";

    private string Heading => TeamId is null ? "In all my teams" : IsDefault ? $"Members of {TeamName}" : $"Only in {TeamName}";

    private string Explanation => TeamId is null
        ? Actor.Staff is StaffRole.None
            ? "You hear only of what you may see. Several e-mails within a minute come as one."
            : "You hear of teams that you are no member of only where you say so here. Several e-mails within a minute come as one."
        : IsDefault
            ? "What members get who chose nothing themselves; each can choose otherwise. Before anything is set here, e-mails about failures go to all but viewers, and support's requests to owners."
            : "What you change here counts in this team only; the rest is as in all your teams.";

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity == nameof(Team);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        if (shownScope != Scope)
            (shownScope, wasSaved, problem) = (Scope, false, null);
        teams = await Teams.MineAsync(Actor, cancel);
        managed = [.. teams.Where(team => Actor.May(Capability.ManageMembers, new Place(team.Id)))];
        differing = await Notifications.TeamsWithChoicesAsync(Actor, cancel);
        rows = IsDefault && TeamId is { } team
            ? [.. await Notifications.TeamChoicesAsync(Actor, team, cancel)]
            : [.. await Notifications.ChoicesAsync(Actor, TeamId, cancel)];
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        oneSave.Dispose();
        return ValueTask.CompletedTask;
    }

    private void GoTo(ChangeEventArgs chosen) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("for", chosen.Value as string is { Length: > 0 } scope ? scope : null));

    private Task ChangeAsync(NotificationChoiceView row, bool inBell, bool byEmail)
    {
        rows = rows.ConvertAll(each => each.Kind == row.Kind ? row with { InBell = inBell, ByEmail = byEmail, IsChosen = true } : each);
        return SaveAsync();
    }

    private Task ForgetAsync()
    {
        rows = rows.ConvertAll(row => row with { IsChosen = false });
        return SaveAsync();
    }

    // One after the other: who clicks quickly changes several before the first is kept.
    private async Task SaveAsync()
    {
        await oneSave.WaitAsync(Gone);
        try
        {
            List<NotificationWish> wishes = [.. rows.Where(row => row.IsChosen).Select(row => new NotificationWish(row.Kind, row.InBell, row.ByEmail))];
            var kept = IsDefault && TeamId is { } team ? await ChooseForTeam.RunAsync(Actor, team, wishes, Gone) : await Choose.RunAsync(Actor, TeamId, wishes, Gone);
            (problem, wasSaved) = (kept.Error, kept.IsDone);
        }
        finally
        {
            oneSave.Release();
        }

        await ReloadAsync();
    }
}

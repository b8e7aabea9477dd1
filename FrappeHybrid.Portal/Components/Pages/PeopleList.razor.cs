using FrappeHybrid.Core.People;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Everybody who has an account, for the operator.</summary>
public partial class PeopleList
{
    private IReadOnlyList<PersonView> all = [];
    private List<PersonView> shown = [];

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is LiveChange.Access or nameof(Team);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        all = await People.ListAsync(Actor, cancel);
        shown = [.. all.Where(person => ListFilter.Matches(Find, person.Email, Names(person), person.Staff is StaffRole.None ? "" : person.Staff.ToString()))];
    }

    private static string Names(PersonView person) => string.Join(", ", person.Teams.Select(team => team.Name));

    private static string Href(PersonView row) => $"/people/{row.Id}";

    private static string Staff(PersonView row) => row.Staff is StaffRole.None ? "" : row.Staff.ToString();

    private static string SecondFactor(PersonView row) => row.HasSecondFactor ? "Yes" : "No";

    private static string? LastSeen(PersonView row) => row.LastSignInAt is { } seen ? Human.Exact(seen) : null;
}

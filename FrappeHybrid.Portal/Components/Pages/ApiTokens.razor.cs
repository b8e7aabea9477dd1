using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Tokens with which programs act in the user's name: making, seeing, revoking them.</summary>
public partial class ApiTokens
{
    private const int UsualDays = 90;
    private static readonly int[] Lifetimes = [1, 7, 30, UsualDays, 180, ApiToken.LongestDays];
    private readonly HashSet<Capability> wanted = [];
    private IReadOnlyList<ApiTokenView> mine = [];
    private IReadOnlyList<ApiTokenView> others = [];
    private IReadOnlyList<ApiTokenPlace> places = [];
    private CreatedApiToken? created;
    private Error? problem;
    private Error? formProblem;
    private string name = "";
    private int place;
    private int days = UsualDays;
    private bool isAdding;
    private bool isBusy;

    [Inject]
    private ApiTokenQueries Tokens { get; set; } = null!;

    [Inject]
    private CreateApiToken CreateToken { get; set; } = null!;

    [Inject]
    private RevokeApiToken RevokeToken { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private ApiTokenPlace Chosen => places[Math.Clamp(place, 0, places.Count - 1)];

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(ApiToken);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        mine = await Tokens.MineAsync(Actor, cancel);
        others = await Tokens.OfMembersAsync(Actor, cancel);
    }

    private static string Sentence(Capability capability) => CapabilityTable.Of(capability).Meaning is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : "";

    private static string GroupName(PlaceKind kind) => kind switch
    {
        PlaceKind.Portal => "Everything",
        PlaceKind.Team => "A whole team",
        PlaceKind.Server => "A server with all in it",
        PlaceKind.Bench => "A bench with its sites",
        PlaceKind.Site => "One site",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a place."),
    };

    private async Task Open()
    {
        places = await Tokens.PlacesAsync(Actor, Gone);
        if (places.Count == 0)
        {
            problem = new Error("no-place", "You belong to no team: there is nothing that a token could work with.", "Ask an owner of a team to invite you.");
            return;
        }

        (name, place, days, formProblem, problem, created) = ("", Math.Max(0, places.ToList().FindIndex(each => each.Place.Kind is PlaceKind.Team)), UsualDays, null, null, null);
        wanted.Clear();
        isAdding = true;
    }

    private void Close() => (isAdding, formProblem) = (false, null);

    private void ChoosePlace(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, System.Globalization.CultureInfo.InvariantCulture, out var number))
            place = number;
        wanted.IntersectWith(Chosen.Offered);
    }

    private void Want(Capability capability, bool isWanted)
    {
        if (isWanted)
            wanted.Add(capability);
        else
            wanted.Remove(capability);
    }

    private async Task CreateAsync()
    {
        isBusy = true;
        var made = await CreateToken.RunAsync(Actor, new ApiTokenRequest(name, Chosen.Place.TeamId, Chosen.ThingId, [.. wanted], days), Gone);
        isBusy = false;
        formProblem = made.Error;
        if (!made.IsDone)
            return;
        created = made.Value;
        Close();
        await ReloadAsync();
    }

    private async Task RevokeAsync(ApiTokenView token)
    {
        if (!await Dialogs.ConfirmByNameAsync("Revoke this token", token.Name, "Programs that use it are refused from then on, at once and for ever. Nothing else changes.", "Revoke token"))
            return;
        isBusy = true;
        problem = (await RevokeToken.RunAsync(Actor, token.Id, Gone)).Error;
        isBusy = false;
        await ReloadAsync();
    }
}

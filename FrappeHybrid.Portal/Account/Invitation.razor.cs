using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Invitations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Portal.Account;

/// <summary>The page of an invitation's link: who is signed in with the invited address accepts, who has no account makes it here. A static form, because a cookie needs a plain response.</summary>
public partial class Invitation
{
    private static readonly Error Missing = new("link-incomplete", "The link is not complete.", "Open it from the letter again.");
    private InvitationOffer? offer;
    private Actor? actor;
    private Error? problem;
    private bool isDeclined;

    [Inject]
    private InvitationQueries Invitations { get; set; } = null!;

    [Inject]
    private AcceptInvitation AcceptInvitation { get; set; } = null!;

    [Inject]
    private JoinByInvitation JoinByInvitation { get; set; } = null!;

    [Inject]
    private DeclineInvitation DeclineInvitation { get; set; } = null!;

    [Inject]
    private Actors Actors { get; set; } = null!;

    [Inject]
    private UserManager<PortalUser> Users { get; set; } = null!;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Problem { get; set; }

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    private bool IsInvited => string.Equals(actor?.Name, offer?.Email, StringComparison.OrdinalIgnoreCase);

    // What the page's script does: post the token of the address ("look"), nothing ("offer"), or forget it ("ended").
    private string Stage => offer is not null && !isDeclined ? "offer" : problem is null && !isDeclined ? "look" : "ended";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Input ??= new InputModel();
        actor = await Actors.OfAsync(HttpContext.User, HttpContext.RequestAborted);
        if (Problem is not null)
            problem = Missing;
        else if (Input.Token is { Length: > 0 })
            await LookAsync();
    }

    // The first look has told what the link offers, or why it does not: the answer comes on top of it.
    private async Task AnswerAsync()
    {
        if (offer is null)
            return;
        var address = HttpContext.Address();
        switch (Input.Answer)
        {
            case "accept" when actor is not null:
                problem = (await AcceptInvitation.RunAsync(actor, Input.Token!, HttpContext.RequestAborted)).Error;
                if (problem is null)
                    Navigation.NavigateTo("/");
                break;
            case "join" when actor is null:
                await JoinAsync(address);
                break;
            case "decline":
                problem = (await DeclineInvitation.RunAsync(Input.Token!, address, HttpContext.RequestAborted)).Error;
                isDeclined = problem is null;
                break;
            default:
                break;
        }

        if (problem is not null)
            offer = await Invitations.OfferAsync(Input.Token, HttpContext.RequestAborted);
    }

    private async Task JoinAsync(string? address)
    {
        var joined = await JoinByInvitation.RunAsync(Input.Token!, Input.Password ?? "", address, HttpContext.RequestAborted);
        problem = joined.Error;
        if (!joined.IsDone || await Users.FindByIdAsync(joined.Value.ToString()) is not { } user)
            return;
        await Flow.CompleteAsync(HttpContext, user, SignInMethod.Password, isRemembered: false, trust: false);
        Navigation.NavigateTo("/");
    }

    private async Task LookAsync()
    {
        offer = await Invitations.OfferAsync(Input.Token, HttpContext.RequestAborted);
        problem = offer is null ? InvitationQueries.Unusable : null;
    }

    internal sealed class InputModel
    {
        public string? Token { get; set; }

        public string? Password { get; set; }

        public string? Answer { get; set; }
    }
}

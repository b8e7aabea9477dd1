using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Account;

/// <summary>The second step of a sign-in: a code of the authenticator app, or a recovery code.</summary>
public partial class Code
{
    private string? problem;
    private bool isAsked;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? Recovery { get; set; }

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    private bool IsRecovery => Recovery is not null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Input ??= new InputModel();
        isAsked = await Flow.FindAskedAsync(HttpContext) is not null;
    }

    private async Task SubmitAsync()
    {
        var outcome = await Flow.CodeAsync(HttpContext, Input.Code, IsRecovery, Input.Trust);
        if (outcome.IsIn)
            Navigation.NavigateTo(AccountPaths.LocalOrHome(ReturnUrl));
        problem = outcome.Problem;
    }

    private string Here(string? recovery) =>
        $"{AccountPaths.Code}?returnUrl={Uri.EscapeDataString(AccountPaths.LocalOrHome(ReturnUrl))}{(recovery is null ? "" : "&recovery=" + recovery)}";

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the code.")]
        [StringLength(40, ErrorMessage = "That is too long for a code.")]
        public string Code { get; set; } = "";

        public bool Trust { get; set; }
    }
}

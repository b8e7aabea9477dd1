using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Account;

/// <summary>Sign-in with a password or a passkey: static forms, because a cookie needs a plain response.</summary>
public partial class SignIn
{
    private string? problem;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? Passkey { get; set; }

    [SupplyParameterFromQuery]
    private string? Reset { get; set; }

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    private string? PasskeyProblem => Passkey switch
    {
        null => null,
        "wait" => "Too many tries from this address. Wait ten minutes, then try again.",
        _ => "That passkey belongs to no account here. Sign in with your password.",
    };

    private string? Done => Reset is null || problem is not null ? null : "Your new password is set, and all sessions were ended. Sign in with it.";

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new InputModel();

    private async Task SubmitAsync()
    {
        var outcome = await Flow.PasswordAsync(HttpContext, Input.Email.Trim(), Input.Password, Input.Remember);
        if (outcome.IsIn)
            Navigation.NavigateTo(AccountPaths.LocalOrHome(ReturnUrl));
        else if (outcome.NeedsCode)
            Navigation.NavigateTo($"{AccountPaths.Code}?returnUrl={Uri.EscapeDataString(AccountPaths.LocalOrHome(ReturnUrl))}");
        problem = outcome.Problem;
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        [StringLength(254, ErrorMessage = "At most 254 characters.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        [StringLength(200, ErrorMessage = "At most 200 characters.")]
        public string Password { get; set; } = "";

        public bool Remember { get; set; }
    }
}

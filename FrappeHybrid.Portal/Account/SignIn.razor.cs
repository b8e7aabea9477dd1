using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Portal.Account;

/// <summary>Sign-in with a password: a static form, because a cookie needs a plain response.</summary>
public partial class SignIn
{
    private string? problem;

    [Inject]
    private SignInManager<PortalUser> SignInManager { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new InputModel();

    private async Task SubmitAsync()
    {
        var result = await SignInManager.PasswordSignInAsync(Input.Email.Trim(), Input.Password, Input.Remember, lockoutOnFailure: true);
        if (result.Succeeded)
            Navigation.NavigateTo(AccountPaths.LocalOrHome(ReturnUrl));
        else
            problem = result.IsLockedOut
                ? "This account is closed for ten minutes after too many wrong passwords. Try again later, or ask your operator for a sign-in link."
                : "The e-mail address and the password do not belong together. Check both and try again.";
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";

        public bool Remember { get; set; }
    }
}

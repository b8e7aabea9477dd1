using System.ComponentModel.DataAnnotations;
using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Portal.Account;

/// <summary>First start: the operator's account and the first team. Core lets only one such request through, however many come at once.</summary>
public partial class Welcome
{
    private Error? problem;

    [Inject]
    private CreateOperator CreateOperator { get; set; } = null!;

    [Inject]
    private UserManager<PortalUser> Users { get; set; } = null!;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new InputModel();

    private async Task SubmitAsync()
    {
        var created = await CreateOperator.RunAsync(Input.Email.Trim(), Input.Password, Input.Team.Trim(), HttpContext.RequestAborted);
        if (!created.IsDone)
        {
            problem = created.Error;
            return;
        }

        if (await Users.FindByEmailAsync(Input.Email.Trim()) is { } user)
            await Flow.CompleteAsync(HttpContext, user, SignInMethod.Password, isRemembered: false, trust: false);
        Navigation.NavigateTo("/");
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the name of your company or team.")]
        [StringLength(80, ErrorMessage = "At most 80 characters.")]
        public string Team { get; set; } = "";

        [Required(ErrorMessage = "Enter your e-mail address.")]
        [EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.com.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter a password.")]
        [StringLength(200, MinimumLength = 12, ErrorMessage = "Use at least 12 characters.")]
        public string Password { get; set; } = "";
    }
}

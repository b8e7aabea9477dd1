using System.ComponentModel.DataAnnotations;
using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Account;

/// <summary>Somebody makes an account with a team of his own, where the portal allows it.</summary>
public partial class SignUpPage
{
    private string? problem;
    private bool isSent;

    [Inject]
    private SignUp SignUp { get; set; } = null!;

    [Inject]
    private AccountOptions Options { get; set; } = null!;

    [Inject]
    private AccountMail Mail { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new InputModel();

    private async Task SubmitAsync()
    {
        var done = await SignUp.RunAsync(new SignUpRequest(Input.Email, Input.Password, Input.Name ?? "", Input.Team), HttpContext.Address(), HttpContext.RequestAborted);
        isSent = done.IsDone;
        problem = done.Error?.ForForm();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the name of your company or team.")]
        [StringLength(80, ErrorMessage = "At most 80 characters.")]
        public string Team { get; set; } = "";

        [StringLength(80, ErrorMessage = "At most 80 characters.")]
        public string? Name { get; set; }

        [Required(ErrorMessage = "Enter your e-mail address.")]
        [EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.com.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter a password.")]
        [StringLength(200, MinimumLength = 12, ErrorMessage = "Use at least 12 characters.")]
        public string Password { get; set; } = "";
    }
}

using System.ComponentModel.DataAnnotations;
using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Portal.Account;

/// <summary>A new password with the link of a letter. Whoever has the letter has shown that the mailbox is his: the browser counts as known from then on.</summary>
public partial class Reset
{
    private string? problem;
    private bool isUnusable;

    [Inject]
    private ResetPassword ResetPassword { get; set; } = null!;

    [Inject]
    private KnownBrowsers Browsers { get; set; } = null!;

    [Inject]
    private UserManager<PortalUser> Users { get; set; } = null!;

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
        var done = await ResetPassword.RunAsync(Input.Token, Input.Password, HttpContext.Address(), HttpContext.RequestAborted);
        if (!done.IsDone)
        {
            problem = done.Error.ForForm();
            isUnusable = done.Error == AccountLinks.Unusable;
            return;
        }

        if (await Users.FindByIdAsync(done.Value.ToString()) is { } user)
            Browsers.Remember(HttpContext, user, trust: false);
        Navigation.NavigateTo($"{AccountPaths.SignIn}?reset=done");
    }

    internal sealed class InputModel
    {
        public string? Token { get; set; }

        [Required(ErrorMessage = "Enter a password.")]
        [StringLength(200, MinimumLength = 12, ErrorMessage = "Use at least 12 characters.")]
        public string Password { get; set; } = "";
    }
}

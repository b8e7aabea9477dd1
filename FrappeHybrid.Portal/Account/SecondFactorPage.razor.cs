using System.ComponentModel.DataAnnotations;
using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Account;

/// <summary>The authenticator app: set up, recovery codes, off. The codes are shown in the answer to the form that made them, and nowhere else.</summary>
public partial class SecondFactorPage
{
    private SecondFactorSetup? setup;
    private IReadOnlyList<string>? codes;

    [Inject]
    private SecondFactor SecondFactor { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "turn-on")]
    private CodeModel Confirmation { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "recovery-codes")]
    private PasswordModel Renewal { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "turn-off")]
    private PasswordModel Ending { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Confirmation ??= new CodeModel();
        Renewal ??= new PasswordModel();
        Ending ??= new PasswordModel();
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        if (!Account.HasSecondFactor && await SecondFactor.BeginAsync(Account.Id, Cancel) is { IsDone: true } begun)
            setup = begun.Value;
    }

    private async Task TurnOnAsync()
    {
        var done = await SecondFactor.TurnOnAsync(Account.Id, Confirmation.Code, Address, Cancel);
        Problem = done.Error?.ForForm();
        if (done.IsDone)
            codes = done.Value;
        Confirmation.Code = "";
    }

    private async Task RenewAsync()
    {
        var done = await GuardedAsync(() => SecondFactor.NewRecoveryCodesAsync(Account.Id, Renewal.Password, Address, Cancel));
        if (done.IsDone)
            codes = done.Value;
        Problem = done.Error?.ForForm();
    }

    private async Task TurnOffAsync()
    {
        if (await GuardedAsync(() => SecondFactor.TurnOffAsync(Account.Id, Ending.Password, Address, Cancel)))
            Reload(AccountPaths.SecondFactor, "off");
    }

    internal sealed class CodeModel
    {
        [Required(ErrorMessage = "Enter the code.")]
        [StringLength(12, ErrorMessage = "A code has six digits.")]
        public string Code { get; set; } = "";
    }

    internal sealed class PasswordModel
    {
        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}

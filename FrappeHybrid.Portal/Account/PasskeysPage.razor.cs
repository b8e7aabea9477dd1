using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Portal.Account;

/// <summary>The passkeys of the user who looks. Adding one asks for the password: a stolen session must not leave a key behind.</summary>
public partial class PasskeysPage
{
    private const int LongestName = 80;
    private IReadOnlyList<UserPasskeyInfo> passkeys = [];
    private PortalUser user = null!;
    private DateTimeOffset now;

    [Inject]
    private UserManager<PortalUser> Users { get; set; } = null!;

    [Inject]
    private SignInManager<PortalUser> SignIn { get; set; } = null!;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [SupplyParameterFromForm]
    private InputModel Input { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new InputModel();

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        now = Time.GetUtcNow();
        user = await Users.FindByIdAsync(Account.Id.ToString()) ?? throw new InvalidOperationException("The account is gone.");
        passkeys = [.. (await Users.GetPasskeysAsync(user)).OrderBy(passkey => passkey.CreatedAt)];
    }

    private async Task AddAsync()
    {
        if (await GuardedAsync(TryAddAsync))
            Reload(AccountPaths.Passkeys, "added");
    }

    private async Task<Result> TryAddAsync()
    {
        if (!await Users.CheckPasswordAsync(user, Input.Password))
            return Core.Accounts.AccountErrors.WrongPassword;
        var failed = new Error("passkey-failed", "The passkey was not added.", "Try again, and answer what the browser asks within a few minutes.");
        if (string.IsNullOrWhiteSpace(Input.Credential))
            return failed;
        var attestation = await PasskeyErrors.ToNullAsync(() => SignIn.PerformPasskeyAttestationAsync(Input.Credential));
        if (attestation is not { Succeeded: true } || attestation.UserEntity.Id != user.Id.ToString())
            return failed;
        attestation.Passkey.Name = Input.Name.Trim();
        if (!(await Users.AddOrUpdatePasskeyAsync(user, attestation.Passkey)).Succeeded)
            return failed;
        await Flow.RecordAsync(user, "add-passkey", HttpContext, "Added a passkey");
        return Result.Done;
    }

    private async Task RenameAsync(UserPasskeyInfo passkey)
    {
        var name = HttpContext.Request.Form["name"].ToString().Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            Problem = $"A name has 1 to {LongestName} characters.";
            return;
        }

        passkey.Name = name;
        await Users.AddOrUpdatePasskeyAsync(user, passkey);
        Reload(AccountPaths.Passkeys, "renamed");
    }

    private async Task RemoveAsync(UserPasskeyInfo passkey)
    {
        await Users.RemovePasskeyAsync(user, passkey.CredentialId);
        await Flow.RecordAsync(user, "remove-passkey", HttpContext, "Removed a passkey");
        Reload(AccountPaths.Passkeys, "removed");
    }

    private static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    private static string NameOf(UserPasskeyInfo passkey) => string.IsNullOrWhiteSpace(passkey.Name) ? "Passkey" : passkey.Name;

    internal sealed class InputModel
    {
        public string? Credential { get; set; }

        [Required(ErrorMessage = "Give it a name.")]
        [StringLength(LongestName, ErrorMessage = "At most 80 characters.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}

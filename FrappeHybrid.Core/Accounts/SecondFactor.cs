using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>The codes of an authenticator app as a second factor, and recovery codes for whoever has lost it. Who asks for tries is the caller's to limit (<see cref="SignInGuard"/>).</summary>
public sealed class SecondFactor(IDbContextFactory<PortalDb> databases, SecretVault vault, SignInRecord record, IPasswordHasher<PortalUser> hasher, TimeProvider time)
{
    /// <summary>How many recovery codes there are.</summary>
    public const int RecoveryCodes = 10;

    private const string Purpose = "authenticator";
    private const string Issuer = "FrappeHybrid";

    /// <summary>The secret for a new app: the same until it is confirmed. The error "factor-on" when there is one already.</summary>
    public async Task<Result<SecondFactorSetup>> BeginAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(each => each.Id == userId, cancel);
        if (user.TwoFactorEnabled)
            return new Error("factor-on", "The second factor is on already.", "Turn it off first to set up another app.");
        if (user.AuthenticatorKeyProtected is null)
        {
            user.AuthenticatorKeyProtected = vault.Protect(Purpose, Convert.ToBase64String(Totp.NewSecret()));
            await db.SaveChangesAsync(cancel);
        }

        var secret = SecretOf(user);
        return new SecondFactorSetup(string.Join(' ', Totp.Key(secret).Chunk(4).Select(group => new string(group))), Totp.Address(secret, Issuer, user.Email ?? ""));
    }

    /// <summary>Turns it on with a code that shows that the app works; the recovery codes, which are shown once.</summary>
    public async Task<Result<string[]>> TurnOnAsync(Guid userId, string code, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(each => each.Id == userId, cancel);
        if (user.TwoFactorEnabled || user.AuthenticatorKeyProtected is null)
            return new Error("factor-on", "The second factor is on already.", "Turn it off first to set up another app.");
        if (Totp.StepOf(SecretOf(user), Digits(code), user.LastCodeStep, time.GetUtcNow()) is not { } step)
            return new Error("code-wrong", "That is not the code that the app shows now.", "Wait for the next code and type it at once. If it is wrong again, see whether the clocks of this portal's server and of your phone are right.");
        user.TwoFactorEnabled = true;
        user.LastCodeStep = step;
        var codes = await ReplaceCodesAsync(db, userId, cancel);
        record.Add(db, user, "second-factor-on", address, "Turned the second factor on");
        await db.SaveChangesAsync(cancel);
        return codes;
    }

    /// <summary>Turns it off and forgets the app and the recovery codes; asks for the password.</summary>
    public async Task<Result> TurnOffAsync(Guid userId, string password, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(each => each.Id == userId, cancel);
        if (!IsPassword(user, password))
            return AccountErrors.WrongPassword;
        user.TwoFactorEnabled = false;
        user.AuthenticatorKeyProtected = null;
        user.LastCodeStep = null;
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(code => code.UserId == userId).ToListAsync(cancel));
        record.Add(db, user, "second-factor-off", address, "Turned the second factor off");
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    /// <summary>New recovery codes in place of the old ones; asks for the password.</summary>
    public async Task<Result<string[]>> NewRecoveryCodesAsync(Guid userId, string password, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(each => each.Id == userId, cancel);
        if (!user.TwoFactorEnabled)
            return new Error("factor-off", "The second factor is off.", "Turn it on to get recovery codes.");
        if (!IsPassword(user, password))
            return AccountErrors.WrongPassword;
        var codes = await ReplaceCodesAsync(db, userId, cancel);
        record.Add(db, user, "recovery-codes", address, "Made new recovery codes");
        await db.SaveChangesAsync(cancel);
        return codes;
    }

    /// <summary>Whether it is a code of the user's app that was not used yet; it is used up by asking, and only for one of many who ask at once.</summary>
    public async Task<bool> UseCodeAsync(Guid userId, string code, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(each => each.Id == userId && each.TwoFactorEnabled, cancel);
        if (user?.AuthenticatorKeyProtected is null || Totp.StepOf(SecretOf(user), Digits(code), user.LastCodeStep, time.GetUtcNow()) is not { } step)
            return false;
        return await db.Users.Where(each => each.Id == userId && (each.LastCodeStep == null || each.LastCodeStep < step))
            .ExecuteUpdateAsync(each => each.SetProperty(row => row.LastCodeStep, step), cancel) == 1;
    }

    /// <summary>Whether it is a recovery code of the user's; it is used up by asking.</summary>
    public async Task<bool> UseRecoveryCodeAsync(Guid userId, string code, CancellationToken cancel)
    {
        var hash = OneTimeToken.Hash(Plain(code));
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.RecoveryCodes.Where(each => each.UserId == userId && each.CodeHash == hash).ExecuteDeleteAsync(cancel) == 1;
    }

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> RecoveryCodesLeftAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.RecoveryCodes.CountAsync(code => code.UserId == userId, cancel);
    }

    private bool IsPassword(PortalUser user, string password) => user.PasswordHash is { } hash && hasher.VerifyHashedPassword(user, hash, password ?? "") is not PasswordVerificationResult.Failed;

    private byte[] SecretOf(PortalUser user) => Convert.FromBase64String(vault.Open(Purpose, user.AuthenticatorKeyProtected!));

    private async Task<string[]> ReplaceCodesAsync(PortalDb db, Guid userId, CancellationToken cancel)
    {
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(code => code.UserId == userId).ToListAsync(cancel));
        var codes = Enumerable.Range(0, RecoveryCodes)
            .Select(_ => string.Join('-', Totp.Key(RandomNumberGenerator.GetBytes(10)).ToLowerInvariant().Chunk(4).Select(group => new string(group))))
            .ToArray();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Id = NewId.At(time), UserId = userId, CodeHash = OneTimeToken.Hash(Plain(code)) }));
        return codes;
    }

    private static string Digits(string? code) => string.Concat((code ?? "").Where(char.IsAsciiDigit));

    private static string Plain(string? code) => string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

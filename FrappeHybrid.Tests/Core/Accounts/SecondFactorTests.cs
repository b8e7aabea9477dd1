using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class SecondFactorTests
{
    private readonly FakeTime time = new();

    [Fact]
    public async Task Turned_on_with_a_code_and_off_with_the_password()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var factor = core.Get<SecondFactor>();
        var setup = (await factor.BeginAsync(user.Id, Cancel)).Value;
        Assert.Equal(setup, (await factor.BeginAsync(user.Id, Cancel)).Value);
        Assert.StartsWith("otpauth://totp/FrappeHybrid:owner%40example.com?secret=", setup.Address, StringComparison.Ordinal);

        Assert.Equal("code-wrong", (await factor.TurnOnAsync(user.Id, "000000", null, Cancel)).Error?.Code);
        Assert.False((await core.UserAsync()).TwoFactorEnabled);
        var codes = await TurnOnAsync(core, user.Id);
        Assert.Equal(SecondFactor.RecoveryCodes, codes.Distinct().Count());
        Assert.True((await core.UserAsync()).TwoFactorEnabled);
        Assert.Equal("factor-on", (await factor.BeginAsync(user.Id, Cancel)).Error?.Code);

        Assert.Equal("password-wrong", (await factor.TurnOffAsync(user.Id, "not it", null, Cancel)).Error?.Code);
        Assert.True((await factor.TurnOffAsync(user.Id, AccountCore.Password, null, Cancel)).IsDone);
        Assert.False((await core.UserAsync()).TwoFactorEnabled);
        Assert.Equal(0, await factor.RecoveryCodesLeftAsync(user.Id, Cancel));
        Assert.False(await factor.UseCodeAsync(user.Id, Code(core, setup), Cancel));
        Assert.NotEqual(setup.Key, (await factor.BeginAsync(user.Id, Cancel)).Value.Key);
    }

    [Fact]
    public async Task A_code_works_once_also_when_many_bring_it_at_once()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var setup = (await core.Get<SecondFactor>().BeginAsync(user.Id, Cancel)).Value;
        var first = Code(core, setup);
        await TurnOnAsync(core, user.Id);
        Assert.False(await core.Get<SecondFactor>().UseCodeAsync(user.Id, first, Cancel));

        time.Advance(TimeSpan.FromSeconds(30));
        var code = Code(core, setup);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => core.Get<SecondFactor>().UseCodeAsync(user.Id, $" {code[..3]} {code[3..]} ", Cancel), Cancel)));
        Assert.Single(answers, isIn => isIn);
    }

    [Fact]
    public async Task Recovery_codes_work_once_for_their_own_user_and_are_replaced_together()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var other = await core.AddAccountAsync("other@example.com");
        var factor = core.Get<SecondFactor>();
        await factor.BeginAsync(user.Id, Cancel);
        var codes = await TurnOnAsync(core, user.Id);
        Assert.False(await factor.UseRecoveryCodeAsync(other.Id, codes[0], Cancel));
        Assert.True(await factor.UseRecoveryCodeAsync(user.Id, codes[0].ToUpperInvariant().Replace('-', ' '), Cancel));
        Assert.False(await factor.UseRecoveryCodeAsync(user.Id, codes[0], Cancel));
        Assert.Equal(9, await factor.RecoveryCodesLeftAsync(user.Id, Cancel));

        Assert.Equal("password-wrong", (await factor.NewRecoveryCodesAsync(user.Id, "not it", null, Cancel)).Error?.Code);
        var fresh = (await factor.NewRecoveryCodesAsync(user.Id, AccountCore.Password, null, Cancel)).Value;
        Assert.False(await factor.UseRecoveryCodeAsync(user.Id, codes[1], Cancel));
        Assert.True(await factor.UseRecoveryCodeAsync(user.Id, fresh[1], Cancel));
    }

    [Fact]
    public async Task Neither_secret_nor_codes_are_in_the_file()
    {
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        var setup = (await core.Get<SecondFactor>().BeginAsync(user.Id, Cancel)).Value;
        var codes = await TurnOnAsync(core, user.Id);
        await using (var db = await core.DbAsync())
            await db.Database.ExecuteSqlAsync($"PRAGMA wal_checkpoint(TRUNCATE)", Cancel);
        var file = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(core.Folder, "portal.db"), Cancel));
        foreach (var secret in codes.Append(setup.Key.Replace(" ", "", StringComparison.Ordinal)).Concat(codes.Select(code => code.Replace("-", "", StringComparison.Ordinal))))
            Assert.DoesNotContain(secret, file, StringComparison.OrdinalIgnoreCase);
    }

    private static string Code(TestCore core, SecondFactorSetup setup) => Authenticator.Code(setup.Key, core.Time.GetUtcNow());

    private static async Task<string[]> TurnOnAsync(TestCore core, Guid user)
    {
        var setup = (await core.Get<SecondFactor>().BeginAsync(user, Cancel)).Value;
        var on = await core.Get<SecondFactor>().TurnOnAsync(user, Authenticator.Code(setup.Key, core.Time.GetUtcNow()), null, Cancel);
        Assert.True(on.IsDone, on.Error?.Message);
        return on.Value;
    }
}

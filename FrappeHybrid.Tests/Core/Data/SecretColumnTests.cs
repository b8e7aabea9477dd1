using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Data;

/// <summary>No column holds a secret in plain text: what needs it again is encrypted by the vault ("...Protected"), what only has to be recognised is a hash ("...Hash").</summary>
public sealed class SecretColumnTests
{
    private static readonly string[] Words = ["Password", "Secret", "Token", "PrivateKey", "Passphrase", "Credential", "ApiKey", "Recovery"];

    /// <summary>Named like a secret and none. What is added here needs a reason that a reviewer accepts.</summary>
    private static readonly string[] NoSecrets =
    [
        "ActivityEntry.TokenName",
        // The public name of a passkey; its secret never leaves the owner's device.
        "IdentityPasskeyData.IdentityUserPasskeyCredentialId",
        "IdentityUserPasskey`1.CredentialId",
    ];

    [Fact]
    public async Task Every_column_that_is_named_like_a_secret_is_encrypted_or_a_hash()
    {
        await using var core = await TestCore.StartAsync();
        await using var db = await core.DbAsync();
        var columns = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Where(property => property.ClrType == typeof(string) || property.ClrType == typeof(byte[])).Select(property => $"{entity.ClrType.Name}.{property.Name}")).ToList();
        var named = columns.Where(column => Words.Any(word => column.Split('.')[1].Contains(word, StringComparison.Ordinal))).ToList();

        Assert.Contains("Server.SshPrivateKeyProtected", named);
        Assert.Contains("Job.SecretProtected", named);
        Assert.Contains("ImageRegistry.PasswordProtected", named);
        Assert.Contains("OutgoingMail.TextProtected", columns);
        Assert.Contains("ActivityHead.KeyProtected", columns);
        Assert.DoesNotContain(named, column => !column.EndsWith("Protected", StringComparison.Ordinal) && !column.EndsWith("Hash", StringComparison.Ordinal) && !NoSecrets.Contains(column));
    }
}

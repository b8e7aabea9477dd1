using System.Text.RegularExpressions;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Keeps the portal's sign-in at a registry, encrypted, once the registry has accepted it; a second one for the same registry takes the first one's place.</summary>
public sealed partial class SetRegistrySignIn(IDbContextFactory<PortalDb> databases, RegistryClient registries, SecretVault vault, TimeProvider time)
{
    /// <summary>Done, or why not: what the registry says.</summary>
    public async Task<Result> RunAsync(Actor actor, string host, string userName, string password, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        host = (host ?? "").Trim().ToLowerInvariant();
        userName = (userName ?? "").Trim();
        if (host.Length > 255 || !Host().IsMatch(host))
            return new Error("registry-host-invalid", "This is not the name of a registry.", "Write it as images do, such as registry.example.com:5000, without https://; docker.io for Docker Hub.");
        if (userName.Length is < 1 or > 255 || userName.Any(char.IsControl) || userName.Contains(':', StringComparison.Ordinal))
            return new Error("registry-user-invalid", "A registry's user has 1 to 255 characters and no colon.");
        if (password is not { Length: > 0 and <= 4096 } || password.Any(char.IsControl))
            return new Error("registry-password-invalid", "A password or token has 1 to 4,096 characters.", "Paste it without the end of the line.");
        try
        {
            await registries.CheckAsync(new RegistrySignIn(host, userName, password), cancel);
        }
        catch (RegistryException exception)
        {
            return exception.Error;
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        var registry = await db.ImageRegistries.SingleOrDefaultAsync(each => each.Host == host, cancel);
        if (registry is null)
        {
            registry = new ImageRegistry { Id = NewId.At(time), Host = host, UserName = userName, PasswordProtected = "", AcceptedAt = time.GetUtcNow() };
            db.ImageRegistries.Add(registry);
        }

        var before = db.Entry(registry).State is EntityState.Added ? null : registry.UserName;
        registry.UserName = userName;
        registry.PasswordProtected = vault.Protect(ImageRegistry.PasswordPurpose, password);
        registry.AcceptedAt = time.GetUtcNow();
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "set-registry-sign-in", $"Set the sign-in at {host} to the user {userName}", registry.Id, before: before, after: userName));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();
}

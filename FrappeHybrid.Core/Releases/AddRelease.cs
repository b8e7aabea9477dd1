using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Adds a release to the catalogue. Its registry is asked for the digest; one that the portal cannot reach is no obstacle, because the servers pull, not the portal.</summary>
public sealed class AddRelease(IDbContextFactory<PortalDb> databases, RegistryClient registry, RegistrySignIns signIns, TimeProvider time)
{
    /// <summary>The release's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, ReleaseText text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        ArgumentNullException.ThrowIfNull(text);
        var rules = ReleaseRules.Check(text);
        if (!rules.IsDone)
            return rules.Error;
        if (!ImageReference.TryParse((text.Image ?? "").Trim(), out var image))
            return new Error("release-image-invalid", "This is not an image with its tag.", ImageReference.Rule);

        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Releases.AnyAsync(each => each.Image == image, cancel))
            return Known(image);
        var seen = await SeeAsync(db, image, cancel);
        if (!seen.IsDone)
            return seen.Error;

        var (name, version, apps) = rules.Value;
        var now = time.GetUtcNow();
        var release = new Release { Id = NewId.At(time), Name = name, Version = version, Image = image, Apps = apps, CreatedAt = now };
        if (seen.Value.Length > 0)
            release.See(seen.Value, now);
        db.Releases.Add(release);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "add-release", $"Added the release {name} ({image})", release.Id));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Known(image);
        }

        return release.Id;
    }

    /// <summary>The digest; empty when the registry is out of the portal's reach.</summary>
    private async Task<Result<string>> SeeAsync(PortalDb db, ImageReference image, CancellationToken cancel)
    {
        try
        {
            return await registry.DigestAsync(image, (await signIns.ForAsync(db, [image], cancel)) is [var signIn, ..] ? signIn : null, cancel);
        }
        catch (RegistryException exception)
        {
            return exception.Trouble is RegistryTrouble.Unreachable ? "" : exception.Error;
        }
    }

    private static Error Known(ImageReference image) => new("release-known", $"The image {image} is in the catalogue already.", "Edit that release instead.");
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>
/// Brings the catalogue in line with the configuration, at every start: a new image is added, a known one gets its new name and apps, one that is no longer
/// written is no longer offered (benches that run it keep it). What the operator added on the page Releases is left alone.
/// </summary>
public sealed class SeedReleases(IDbContextFactory<PortalDb> databases, IReadOnlyList<ReleaseOptions> wanted, TimeProvider time)
{
    /// <summary>Does it; a mistake in the configuration is an exception, so that the start says so.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Releases.ToDictionaryAsync(release => release.Image, cancel);
        var seen = new HashSet<ImageReference>();
        foreach (var option in wanted)
        {
            if (!ImageReference.TryParse(option.Image, out var image))
                throw new InvalidOperationException($"Releases: '{option.Image}' is not an image. {ImageReference.Rule}");
            if (!seen.Add(image))
                throw new InvalidOperationException($"Releases: the image {image} is listed twice.");
            List<string> apps = ["frappe", .. option.Apps.Where(app => app != "frappe").Distinct().Select(app => AppName.Parse(app).Value)];
            var name = option.Name.Length > 0 ? option.Name : image.Value;
            if (!known.TryGetValue(image, out var release))
            {
                db.Releases.Add(new Release { Id = NewId.At(time), Name = name, Version = option.Version, Image = image, Apps = apps, CreatedAt = time.GetUtcNow(), IsConfigured = true });
                continue;
            }

            release.Name = name;
            release.Version = option.Version;
            release.IsEnabled = true;
            release.IsConfigured = true;
            if (!release.Apps.SequenceEqual(apps))
                release.Apps = apps;
        }

        foreach (var release in known.Values.Where(release => release.IsConfigured && !seen.Contains(release.Image)))
            (release.IsEnabled, release.IsConfigured) = (false, false);
        await db.SaveChangesAsync(cancel);
    }
}

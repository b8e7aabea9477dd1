namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /server/disk`: what the disk is used for, as last measured. Measuring takes a while, so that it goes on in the background.</summary>
/// <param name="MeasuredAt">When the figures were taken; null while there are none yet.</param>
/// <param name="IsMeasuring">New figures are being taken right now.</param>
/// <param name="Seconds">How long the figures took.</param>
/// <param name="Missing">What could not be measured, in words for a person; empty when all could.</param>
/// <param name="TotalBytes">Size of the file system that holds /home/frappe.</param>
/// <param name="FreeBytes">Free for a normal user on it.</param>
/// <param name="DockerElsewhere">Docker's data (images, containers, databases) is on another file system and no part of <see cref="TotalBytes"/>.</param>
/// <param name="Parts">All parts that take something.</param>
/// <param name="Largest">The biggest things, biggest first; at most 50.</param>
public sealed record DiskUse(
    DateTimeOffset? MeasuredAt,
    bool IsMeasuring,
    double Seconds,
    IReadOnlyList<string> Missing,
    long TotalBytes,
    long FreeBytes,
    bool DockerElsewhere,
    IReadOnlyList<DiskPart> Parts,
    IReadOnlyList<DiskItem> Largest);

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>One part of a disk's use.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Bytes">Really taken on the disk, as `du` counts.</param>
public sealed record DiskPart(DiskPartKind Kind, long Bytes);

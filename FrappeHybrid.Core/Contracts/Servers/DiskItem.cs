using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>One of the biggest things on the disk.</summary>
/// <param name="Kind">What it is part of.</param>
/// <param name="Name">Database, image or folder, as it is called on the server.</param>
/// <param name="Bench">The bench it belongs to; null when to none.</param>
/// <param name="Site">The site it belongs to; null when to none.</param>
/// <param name="Bytes">Really taken on the disk; of an image all its layers, also those that others share.</param>
public sealed record DiskItem(DiskPartKind Kind, string Name, BenchName? Bench, SiteName? Site, long Bytes);

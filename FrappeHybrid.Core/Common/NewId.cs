namespace FrappeHybrid.Core.Common;

/// <summary>Ids are ours, sortable by the time at which they were made, and take their time from <see cref="TimeProvider"/>.</summary>
public static class NewId
{
    /// <summary>A new id.</summary>
    public static Guid At(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}

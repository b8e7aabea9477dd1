using FrappeHybrid.Tests.Core.Support;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>A fake clock that goes on beside the real one, twenty times as fast: what pages do by the clock happens soon, and what is under way is not overtaken by its own time limit.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Real = TimeSpan.FromMilliseconds(20);

    /// <summary>Until it is so.</summary>
    public static async Task UntilAsync(FakeTime time, Func<bool> condition)
    {
        while (!condition())
        {
            time.Advance(Step);
            await Task.Delay(Real, TestCore.Cancel);
        }
    }
}

namespace FrappeHybrid.Core.Teams;

/// <summary>How many tries are free, and what comes then.</summary>
/// <param name="Free">So many are looked at without a wait.</param>
/// <param name="FirstWait">The wait after the last free one. It doubles with each further failure; zero: closed until the window of <paramref name="Memory"/> has passed.</param>
/// <param name="LongestWait">It doubles up to this.</param>
/// <param name="Memory">How long failures count: since the last one when waits double, since the first one otherwise.</param>
public sealed record SignInLimit(int Free, TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan Memory)
{
    /// <summary>Whether waits double, or a window closes.</summary>
    public bool Doubles => FirstWait > TimeSpan.Zero;

    /// <summary>The wait after so many failures.</summary>
    public TimeSpan WaitAfter(int failures)
    {
        if (failures < Free)
            return TimeSpan.Zero;
        var doublings = Math.Min(failures - Free, 20);
        var wait = FirstWait * Math.Pow(2, doublings);
        return wait < LongestWait ? wait : LongestWait;
    }
}

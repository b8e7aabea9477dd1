namespace FrappeHybrid.Tests.Core.Support;

/// <summary>How many cases of (entry point x person x whose things) the walks have tried in this process: what `./measure authz` tells.</summary>
internal static class WalkCount
{
    private static int cases;

    public static int Cases => Volatile.Read(ref cases);

    public static void Add() => Interlocked.Increment(ref cases);
}

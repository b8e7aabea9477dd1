namespace FrappeHybrid.Core.Teams;

/// <summary>Failed tries of one kind: of an account from browsers that it does not know, of one known browser, or of an address.</summary>
public sealed class SignInBucket
{
    /// <summary>SHA-256 of what is counted, so that nothing that anybody typed is stored.</summary>
    public required string Key { get; init; }

    public int Failures { get; private set; }

    /// <summary>Of the first of these failures.</summary>
    public DateTimeOffset FirstAt { get; private set; }

    /// <summary>No try is looked at before.</summary>
    public DateTimeOffset? ClosedUntil { get; private set; }

    /// <summary>Everything is forgotten then.</summary>
    public DateTimeOffset ForgetAt { get; private set; }

    /// <summary>How long it is closed still; zero when it is open.</summary>
    public TimeSpan Wait(DateTimeOffset now) => ClosedUntil > now ? ClosedUntil.Value - now : TimeSpan.Zero;

    /// <summary>Counts a try as failed, before it is looked at: of many at once no more are looked at than one after the other.</summary>
    public void Count(SignInLimit limit, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limit);
        if (Failures == 0 || now >= ForgetAt)
            (Failures, FirstAt, ClosedUntil) = (0, now, null);
        Failures++;
        ForgetAt = limit.Doubles ? now + limit.Memory : FirstAt + limit.Memory;
        if (Failures >= limit.Free)
            ClosedUntil = limit.Doubles ? now + limit.WaitAfter(Failures) : ForgetAt;
    }

    /// <summary>The try was right after all.</summary>
    public void TakeBack(SignInLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        Failures = Math.Max(0, Failures - 1);
        if (Failures < limit.Free)
            ClosedUntil = null;
    }
}

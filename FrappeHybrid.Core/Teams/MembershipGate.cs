namespace FrappeHybrid.Core.Teams;

/// <summary>Who is in a team, and who runs the portal, changes one act at a time: the last owner stays, an invitation works once. The portal is one process, so that one gate makes look and write one thing.</summary>
public sealed class MembershipGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Waits for its turn; the turn lasts until what it returns is disposed.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        return new Turn(gate);
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

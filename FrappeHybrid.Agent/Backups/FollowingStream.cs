namespace FrappeHybrid.Agent.Backups;

/// <summary>Reads a file that is still being written: at its end for now it waits for the writer.</summary>
internal sealed class FollowingStream(Stream file, WriteProgress progress) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var (next, isComplete) = (progress.Next, progress.IsComplete);
            if (await file.ReadAsync(buffer, cancellationToken) is var read and > 0)
                return read;

            if (isComplete)
                return 0;

            await next.WaitAsync(cancellationToken);
        }
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("It waits: read it asynchronously.");
}

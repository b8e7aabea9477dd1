using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Terminals;

/// <summary>How many terminals a bench has: each is a shell, and whatever is started in it, in the customer's memory.</summary>
internal sealed class TerminalSeats
{
    /// <summary>The most of one bench.</summary>
    public const int Most = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<BenchName, int> taken = [];

    /// <summary>A seat, free again when it is disposed of; null when none is left.</summary>
    public IDisposable? Take(BenchName bench)
    {
        lock (gate)
        {
            var now = taken.GetValueOrDefault(bench);
            if (now >= Most)
                return null;
            taken[bench] = now + 1;
            return new Seat(this, bench);
        }
    }

    private void Leave(BenchName bench)
    {
        lock (gate)
        {
            if (--taken[bench] == 0)
                taken.Remove(bench);
        }
    }

    private sealed class Seat(TerminalSeats seats, BenchName bench) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
                seats.Leave(bench);
        }
    }
}

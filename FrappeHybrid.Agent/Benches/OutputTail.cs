namespace FrappeHybrid.Agent.Benches;

/// <summary>The last lines of a program's output, as many as fit; a reason stands at its end.</summary>
internal sealed class OutputTail(int longest)
{
    private readonly Queue<string> lines = [];
    private int length;

    public void Add(string line)
    {
        lines.Enqueue(line);
        length += line.Length + 1;
        while (length > longest && lines.Count > 1)
            length -= lines.Dequeue().Length + 1;
    }

    public override string ToString() => string.Join('\n', lines);
}

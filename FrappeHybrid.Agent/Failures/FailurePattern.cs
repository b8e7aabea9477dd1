namespace FrappeHybrid.Agent.Failures;

/// <summary>Something that programs say when they fail, and what it means to the person whose job it was. All of them are in docs/errors.md.</summary>
/// <param name="Key">Name of the pattern, and of the output that was recorded for its test.</param>
/// <param name="Code">A code of <see cref="Core.Contracts.Jobs.JobErrorCodes"/>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Signs">Each is enough: parts joined by " … " that stand in one line in this order, capitals or not.</param>
internal sealed record FailurePattern(string Key, string Code, string Message, string Advice, params string[] Signs)
{
    private readonly string[][] parts = [.. Signs.Select(sign => sign.Split(" … "))];

    /// <summary>One of the lines bears one of the signs.</summary>
    public bool Matches(string output)
    {
        foreach (var line in output.AsSpan().EnumerateLines())
        {
            foreach (var sign in parts)
            {
                if (HasInOrder(line, sign))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The spellings in which MariaDB's errors come: of its Python driver, of its client, and of its dump.</summary>
    public static string[] MariaDb(params int[] numbers) =>
        [.. numbers.SelectMany(number => (string[])[FormattableString.Invariant($"({number}, "), FormattableString.Invariant($"ERROR {number} ("), FormattableString.Invariant($"Got error: {number}:")])];

    private static bool HasInOrder(ReadOnlySpan<char> line, string[] sign)
    {
        foreach (var part in sign)
        {
            var at = line.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;

            line = line[(at + part.Length)..];
        }

        return true;
    }
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>Looks through a source where it is, and gives only what it finds: bounded in what it finds, reads and takes; it ends with its connection.</summary>
internal sealed class LogSearch(LogReader read, TimeProvider time)
{
    /// <summary>So many lines are found at most.</summary>
    public const int MostFound = 1_000;

    /// <summary>So many characters are looked at.</summary>
    public const long MostCharacters = 512L * 1024 * 1024;

    /// <summary>So long it may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private const int LookUpEvery = 1_000;
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>What is found, as it is found; the last one says why it ended.</summary>
    public async IAsyncEnumerable<LogFindings> RunAsync(LogQuery query, Func<string, bool> matches, [EnumeratorCancellation] CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var told = began;
        var found = new List<LogLine>();
        var (count, scanned, characters) = (0, 0L, 0L);
        DateTimeOffset? at = null;
        LogSearchEnd? end = null;
        await foreach (var line in read(null, query.From, query.To, cancel))
        {
            scanned++;
            characters += line.Text.Length;
            at = line.At;
            if (IsMatch(matches, line.Text))
            {
                found.Add(line);
                count++;
            }

            end = count >= MostFound ? LogSearchEnd.EnoughFound : characters >= MostCharacters ? LogSearchEnd.TooMuch : null;
            if (end is null && scanned % LookUpEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(began) >= Longest)
                    end = LogSearchEnd.TooLong;
                if (end is null && time.GetElapsedTime(told) >= TellEvery)
                {
                    told = time.GetTimestamp();
                    yield return new LogFindings([.. found], scanned, at);
                    found.Clear();
                }
            }

            if (end is not null)
                break;
        }

        yield return new LogFindings(found, scanned, at, end ?? LogSearchEnd.Done);
    }

    private static bool IsMatch(Func<string, bool> matches, string text)
    {
        try
        {
            return matches(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Which environment variables may be set for a bench.</summary>
public static partial class BenchVariables
{
    /// <summary>So many at most, and values of so many characters.</summary>
    public const int Most = 100;

    /// <summary>A value's longest length in characters.</summary>
    public const int LongestValue = 4096;

    /// <summary>What a user is told when a variable does not pass.</summary>
    public const string Rule = "A name has up to 64 letters, digits and underscores and does not start with a digit; a value has up to 4,096 characters in one line.";

    /// <summary>Whether it keeps the <see cref="Rule"/>; null for a value stands for its removal.</summary>
    public static bool IsValid(string? name, string? value) =>
        name is not null && Name().IsMatch(name) && (value is null || value.Length <= LongestValue && !value.Any(char.IsControl));

    /// <summary>It belongs to the bench itself, to Python or to the system: another value would break the bench or open it.</summary>
    public static bool IsProtected(string name) => Protected().IsMatch(name);

    /// <summary>Its name says that its value is not for everybody's eyes.</summary>
    public static bool IsSecret(string name) => Secret().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,63}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"\A(?:GUNICORN_|FRAPPE_|REDIS_|DB_|UPSTREAM_|LD_|PYTHON|NODE_|NVM_|BENCH_|DOCKER_|LC_|XDG_)|\A(?:BACKEND|SOCKETIO|SOCKETIO_PORT|PROXY_READ_TIMEOUT|CLIENT_MAX_BODY_SIZE|PATH|HOME|USER|SHELL|HOSTNAME|PWD|LANG|TERM|VIRTUAL_ENV|SITES|IFS|ENV|BASH_ENV|TMPDIR)\z",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Protected();

    [GeneratedRegex("PASS|SECRET|TOKEN|KEY|CREDENTIAL|AUTH|DSN|_URL|_URI|PRIVATE|SIGNATURE", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}

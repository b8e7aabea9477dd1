using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>The version of Frappe in a bench, as `bench version` tells it.</summary>
internal sealed partial class FrappeVersion(DockerExec exec)
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>E.g. "15.50.0", or the failure that tells why it cannot be read.</summary>
    public async Task<string> ReadAsync(string backend, CancellationToken cancel)
    {
        using var output = new MemoryStream();
        try
        {
            await exec.RunAsync(new ExecRequest(backend, ["bench", "version", "-f", "json"]), Take, cancel);
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.NotFound or DockerFault.Conflict)
        {
            throw new JobFailedException(JobErrorCodes.ServiceStopped, $"{backend} does not run.", "Start the bench, and look at that service's output.", exception.Message);
        }

        var answer = Encoding.UTF8.GetString(output.ToArray());
        return Parse(answer) ?? throw new JobFailedException(
            JobErrorCodes.CommandFailed, "The bench does not tell its version of Frappe.", "Its own words are below.", answer);

        void Take(Frame frame)
        {
            if (output.Length < LongestAnswer)
                output.Write(frame.Bytes.Span);
        }
    }

    /// <summary>From `[{"app": "frappe", "version": "15.50.0", ...}]`, with warnings before it perhaps; null when it is not there.</summary>
    internal static string? Parse(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer[Math.Max(answer.IndexOf('[', StringComparison.Ordinal), 0)..]);
            var version = json.RootElement.EnumerateArray().FirstOrDefault(app => app.GetProperty("app").GetString() == "frappe");
            return version.ValueKind == JsonValueKind.Object && version.GetProperty("version").GetString() is { } text && Pattern().IsMatch(text) ? text : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A[0-9A-Za-z.+-]{1,40}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

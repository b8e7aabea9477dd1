namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>One line of `GET /benches/{bench}/services/{service}/logs?tail=N&amp;follow=true&amp;since=T` (newline-delimited JSON).</summary>
/// <param name="Lines">In the container's order; empty in a heartbeat, which is sent after 5 quiet seconds.</param>
/// <param name="Notice">Said by the Agent, not by the container: "container restarted", "skipped 1,204 lines"; null otherwise.</param>
public sealed record LogBatch(IReadOnlyList<LogLine> Lines, string? Notice = null);

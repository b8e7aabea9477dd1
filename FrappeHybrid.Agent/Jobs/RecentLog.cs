using System.Globalization;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>The Agent's own last lines, for the evidence of a job: its user may not read the journal into which they go too.</summary>
internal sealed class RecentLog(TimeProvider time) : ILoggerProvider
{
    private const int Most = 300;
    private const int LongestLine = 2000;
    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();

    public string Text
    {
        get
        {
            lock (gate)
                return string.Join('\n', lines);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string category, LogLevel level, string message)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level} {category[(category.LastIndexOf('.') + 1)..]}: {message}");
        lock (gate)
        {
            lines.Enqueue(line.Length > LongestLine ? line[..LongestLine] : line);
            if (lines.Count > Most)
                lines.Dequeue();
        }
    }

    private sealed class Writer(RecentLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Add(category, logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}");
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Keeps every log line of every level, exceptions written out, so that a test can look for what must not be there.</summary>
internal sealed class LogSink : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Sink(Lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Sink(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}

using System.Threading.Channels;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Nginx;

/// <summary>
/// Writes and removes sites' entries. A change counts only when nginx accepts the whole configuration with it; otherwise the old file is put back.
/// Changes that come while nginx is busy are tried together with one test and one reload; when such a round is refused each is tried alone, so that
/// one bad entry does not take the others with it.
/// </summary>
internal sealed partial class NginxSites(INginxCommands nginx, ILogger<NginxSites> logger) : BackgroundService
{
    private readonly Channel<Change> changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Puts a file in force; returns once nginx works with it, or throws that it was refused and the old state is back.</summary>
    public Task PutAsync(string path, string text, CancellationToken cancel) => ApplyAsync(new Change(path, text), cancel);

    /// <summary>Removes a file and returns once nginx works without it; nothing happens when there is none.</summary>
    public Task RemoveAsync(string path, CancellationToken cancel)
    {
        DurableFile.RemoveLeftover(path);
        return File.Exists(path) ? ApplyAsync(new Change(path, Text: null), cancel) : Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await changes.Reader.WaitToReadAsync(stoppingToken))
        {
            var round = new List<Change>();
            while (changes.Reader.TryRead(out var change))
                round.Add(change);

            try
            {
                await RoundAsync(round, stoppingToken);
            }
            catch (Exception exception)
            {
                // Whoever waits must not wait for ever.
                foreach (var change in round)
                    change.Done.TrySetException(exception);
            }
        }
    }

    private async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        await changes.Writer.WriteAsync(change, cancel);

        // Not left in the middle: a change that is under way is either in force or put back before anybody goes on.
        await change.Done.Task;
    }

    private async Task RoundAsync(List<Change> round, CancellationToken cancel)
    {
        var refusal = await TryAsync(round, cancel);
        if (refusal is null)
        {
            LogReloaded(round.Count);
            round.ForEach(change => change.Done.TrySetResult());
            return;
        }

        if (round.Count == 1)
        {
            round[0].Done.TrySetException(Refused(refusal));
            return;
        }

        foreach (var change in round)
            await RoundAsync([change], cancel);
    }

    /// <summary>Null when nginx works with the changes; otherwise its words, and all files are as they were.</summary>
    private async Task<string?> TryAsync(List<Change> round, CancellationToken cancel)
    {
        var before = new List<(string Path, string? Text)>();
        try
        {
            foreach (var change in round)
            {
                before.Add((change.Path, File.Exists(change.Path) ? await File.ReadAllTextAsync(change.Path, cancel) : null));
                Write(change.Path, change.Text);
            }

            var verdict = await nginx.TestAsync(cancel);
            if (verdict.Accepted)
                verdict = await nginx.ReloadAsync(cancel);

            if (verdict.Accepted)
                return null;

            PutBack(before);
            return verdict.Output;
        }
        catch
        {
            PutBack(before);
            throw;
        }
    }

    private static void PutBack(List<(string Path, string? Text)> before)
    {
        // Backwards: two changes of one round may be about the same file.
        for (var index = before.Count - 1; index >= 0; index--)
            Write(before[index].Path, before[index].Text);
    }

    private static void Write(string path, string? text)
    {
        if (text is not null)
            DurableFile.Write(path, text);
        else
            File.Delete(path);
    }

    private static JobFailedException Refused(string output) => new(
        JobErrorCodes.NginxRefused,
        "nginx refused the new configuration; the old one is in force.",
        "Its own words are below. Often another file of the server's nginx is at fault.",
        output);

    [LoggerMessage(Level = LogLevel.Information, Message = "nginx works with {Count} change(s)")]
    private partial void LogReloaded(int count);

    /// <param name="Path">The file.</param>
    /// <param name="Text">Null to remove it.</param>
    private sealed record Change(string Path, string? Text)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

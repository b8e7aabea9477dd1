using System.Net.Http.Headers;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Backups;

/// <summary>The Agent's part of the API about backups; whatever goes wrong is an <see cref="AgentException"/>. Files go through as streams, never whole in memory.</summary>
public sealed class BackupAgent(IAgentConnection connection, TimeProvider time)
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(20);

    /// <summary>The whole backups of a site on its server.</summary>
    public Task<IReadOnlyList<BackupRecord>> ListAsync(Server server, BenchName bench, SiteName site, CancellationToken cancel) => CallAsync(
        server,
        HttpMethod.Get,
        BackupRoutes.ForBackups(bench, site),
        async (answer, stop) =>
        {
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            return await JsonSerializer.DeserializeAsync(body, BackupJson.Default.IReadOnlyListBackupRecord, stop) ?? throw new JsonException("The answer is empty.");
        },
        cancel);

    /// <summary>Takes a backup away from the server; also when it is gone already.</summary>
    public Task DeleteAsync(Server server, BenchName bench, SiteName site, Guid backup, CancellationToken cancel) =>
        CallAsync(server, HttpMethod.Delete, BackupRoutes.ForBackup(bench, site, backup), (_, _) => Task.FromResult(true), cancel);

    /// <summary>One file as it comes; the caller disposes of the answer.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Server server, BenchName bench, SiteName site, Guid backup, BackupFileKind kind, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, BackupRoutes.ForFile(bench, site, backup, kind));
            var answer = await connection.For(server).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                throw await AgentErrors.FromAnswerAsync(server, answer, cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw AgentErrors.From(server, exception);
        }
    }

    /// <summary>Streams one file of an upload to the server, and gives what arrived.</summary>
    /// <param name="length">What it will be in bytes, so that the server can say at once that it has no room; null when nobody knows.</param>
    public async Task<BackupFile> UploadAsync(
        Server server, BenchName bench, SiteName site, Guid upload, BackupFileKind kind, Stream content, long? length, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, BackupRoutes.ForUploadFile(bench, site, upload, kind))
            {
                Content = new StreamContent(content),
            };
            request.Content.Headers.ContentLength = length;
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var answer = await connection.For(server).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode)
                throw await AgentErrors.FromAnswerAsync(server, answer, cancel);
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            return await JsonSerializer.DeserializeAsync(body, BackupJson.Default.BackupFile, cancel) ?? throw new JsonException("The answer is empty.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw AgentErrors.From(server, exception);
        }
    }

    private async Task<T> CallAsync<T>(Server server, HttpMethod method, string path, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(CallLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await connection.For(server).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (!answer.IsSuccessStatusCode)
                throw await AgentErrors.FromAnswerAsync(server, answer, stop.Token);
            return await read(answer, stop.Token);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw AgentErrors.Timeout(server, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw AgentErrors.From(server, exception);
        }
    }
}

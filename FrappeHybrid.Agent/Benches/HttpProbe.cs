using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Asks a web server on this machine as a visitor of a site would.</summary>
internal sealed class HttpProbe : IDisposable
{
    private const int LongestBody = 4096;

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        // A proxy in the environment would be asked for 127.0.0.1 too.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,

        // Each look is a new one: a kept connection may belong to an nginx worker of before the reload.
        PooledConnectionLifetime = TimeSpan.Zero,
    });

    /// <summary>What it answers within 5 seconds.</summary>
    public async Task<ProbeAnswer> GetAsync(int port, string host, string path, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"));
            request.Headers.Host = host;
            using var response = await client.SendAsync(request, limit.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            var body = new byte[LongestBody];
            var length = await stream.ReadAtLeastAsync(body, LongestBody, throwOnEndOfStream: false, limit.Token);
            return new ProbeAnswer((int)response.StatusCode, Encoding.UTF8.GetString(body, 0, length));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException || exception is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new ProbeAnswer(Status: null, exception is OperationCanceledException ? "nothing within 5 seconds" : exception.Message);
        }
    }

    public void Dispose() => client.Dispose();
}

/// <summary>What a web server answered.</summary>
/// <param name="Status">Null when nothing came.</param>
/// <param name="Body">Its beginning, or why nothing came.</param>
internal sealed record ProbeAnswer(int? Status, string Body)
{
    public override string ToString() => Status is { } status ? status.ToString(CultureInfo.InvariantCulture) : $"nothing ({Body})";
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// HTTP over the engine's socket. Every call is versioned with the lower of what both sides speak: a newer engine refuses very old versions, an older
/// one does not know the new ones.
/// </summary>
internal sealed class DockerConnection(string socketPath, TimeProvider time) : IDisposable
{
    /// <summary>The newest version that we know.</summary>
    private static readonly Version Newest = new(1, 47);

    /// <summary>Debian 12's engine; older ones are not supported.</summary>
    private static readonly Version Oldest = new(1, 41);

    /// <summary>For calls that do one thing; streams have no limit.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(2);

    private readonly HttpMessageInvoker shared = new(Handler(socketPath, sockets: null));
    private volatile string? version;

    /// <summary>GET of a JSON object.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var limit = Limit(cancel);
        using var response = await SendAsync(HttpMethod.Get, path, content: null, limit.Token);
        return await ReadAsync(response, type, limit.Token);
    }

    /// <summary>POST or DELETE whose answer does not matter.</summary>
    public async Task CallAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var limit = Limit(cancel);
        using var response = await SendAsync(method, path, content, limit.Token);
    }

    /// <summary>POST with a JSON answer.</summary>
    public async Task<T> PostAsync<T>(string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var limit = Limit(cancel);
        using var response = await SendAsync(HttpMethod.Post, path, content, limit.Token);
        return await ReadAsync(response, type, limit.Token);
    }

    /// <summary>A call whose answer is read as it comes. The caller disposes of the response, which ends the call in the engine too.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel, string? registryAuth = null) =>
        SendAsync(shared, method, path, content, upgrade: false, registryAuth, cancel);

    /// <summary>
    /// A call with a socket of its own, so that one side can be closed alone (a program in a container sees the end of its standard input) and so that
    /// leaving it closes the engine's side at once.
    /// </summary>
    public async Task<DockerStream> OpenAsync(HttpMethod method, string path, HttpContent? content, bool upgrade, CancellationToken cancel)
    {
        var sockets = new List<Socket>();
        var invoker = new HttpMessageInvoker(Handler(socketPath, sockets));
        HttpResponseMessage? response = null;
        try
        {
            response = await SendAsync(invoker, method, path, content, upgrade, registryAuth: null, cancel);
            return new DockerStream(invoker, response, await response.Content.ReadAsStreamAsync(cancel), sockets[^1]);
        }
        catch
        {
            response?.Dispose();
            invoker.Dispose();
            throw;
        }
    }

    public void Dispose() => shared.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker invoker, HttpMethod method, string path, HttpContent? content, bool upgrade, string? registryAuth, CancellationToken cancel)
    {
        try
        {
            var spoken = version ??= await NegotiateAsync(cancel);
            using var request = new HttpRequestMessage(method, $"http://docker/v{spoken}{path}") { Content = content };
            if (upgrade)
            {
                request.Headers.Connection.Add("Upgrade");
                request.Headers.Upgrade.Add(new ProductHeaderValue("tcp"));
            }

            if (registryAuth is not null)
                request.Headers.Add("X-Registry-Auth", registryAuth);

            var response = await invoker.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.SwitchingProtocols or HttpStatusCode.NotModified)
                return response;

            using (response)
                throw await RefusalAsync(response, cancel);
        }
        catch (HttpRequestException exception)
        {
            // The engine may come back as another version.
            version = null;
            throw new DockerException(DockerFault.Unavailable, "The Docker engine does not answer.", exception);
        }
    }

    private async Task<string> NegotiateAsync(CancellationToken cancel)
    {
        using var limit = Limit(cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://docker/_ping");
        using var response = await shared.SendAsync(request, limit.Token);
        if (!response.Headers.TryGetValues("Api-Version", out var values) || !Version.TryParse(values.First(), out var engine) || engine < Oldest)
            throw new DockerException(DockerFault.Unavailable, $"The Docker engine is too old: API version {Oldest} or newer is needed.");

        return (engine < Newest ? engine : Newest).ToString(2);
    }

    private static async Task<DockerException> RefusalAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel);
        string message;
        try
        {
            message = JsonSerializer.Deserialize(text, DockerJson.Default.EngineMessage)?.Message ?? text;
        }
        catch (JsonException)
        {
            message = text;
        }

        var fault = response.StatusCode switch
        {
            HttpStatusCode.NotFound => DockerFault.NotFound,
            HttpStatusCode.Conflict => DockerFault.Conflict,
            HttpStatusCode.ServiceUnavailable => DockerFault.Unavailable,
            _ => DockerFault.Refused,
        };
        return new DockerException(fault, message.Length > 0 ? message : string.Create(CultureInfo.InvariantCulture, $"The Docker engine answered {(int)response.StatusCode}."));
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        return await JsonSerializer.DeserializeAsync(stream, type, cancel) ?? throw new DockerException(DockerFault.Refused, "The Docker engine gave an empty answer.");
    }

    /// <summary>A call that hangs is an engine that does not answer, but the caller's own cancellation stays one.</summary>
    private CallDeadline Limit(CancellationToken cancel) => new(CallLimit, time, cancel);

    private static SocketsHttpHandler Handler(string path, List<Socket>? sockets) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                sockets?.Add(socket);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>The caller's token with a limit on top.</summary>
    private sealed class CallDeadline : IDisposable
    {
        private readonly CancellationTokenSource timer;
        private readonly CancellationTokenSource linked;

        public CallDeadline(TimeSpan limit, TimeProvider time, CancellationToken cancel)
        {
            timer = new CancellationTokenSource(limit, time);
            linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        }

        public CancellationToken Token => linked.Token;

        public void Dispose()
        {
            linked.Dispose();
            timer.Dispose();
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Releases;

/// <summary>
/// Asks an image registry (OCI distribution specification, "/v2/") what a tag means and whether a sign-in is good; by HTTPS only. Whatever goes wrong is a
/// <see cref="RegistryException"/>.
/// </summary>
public sealed partial class RegistryClient(HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    private const string DefaultHost = "registry-1.docker.io";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly HttpClient client = new(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The digest of what the tag means now, "sha256:...".</summary>
    public async Task<string> DigestAsync(ImageReference image, RegistrySignIn? signIn, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(image);
        var registry = image.Registry ?? RegistrySignIn.DefaultRegistry;
        var name = image.Registry is null ? image.Repository : image.Repository[(image.Registry.Length + 1)..];
        if (HostOf(registry) == DefaultHost && !name.Contains('/', StringComparison.Ordinal))
            name = $"library/{name}";
        using var answer = await AskAsync(registry, HttpMethod.Head, $"{name}/manifests/{image.Tag}", signIn, cancel);
        if (answer.StatusCode is HttpStatusCode.NotFound)
            throw new RegistryException(RegistryTrouble.Missing, new Error("image-not-found", $"The registry has no image {image}.", "Check its name and its tag."));
        ThrowUnlessGood(registry, answer);
        return answer.Headers.TryGetValues("Docker-Content-Digest", out var digests) && Digest().IsMatch(digests.First())
            ? digests.First()
            : throw Unreadable(registry);
    }

    /// <summary>Returns when the registry accepts the sign-in.</summary>
    public async Task CheckAsync(RegistrySignIn signIn, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        using var answer = await AskAsync(signIn.Registry, HttpMethod.Get, "", signIn, cancel);
        if (answer.StatusCode is HttpStatusCode.NotFound)
            throw Unreadable(signIn.Registry);
        ThrowUnlessGood(signIn.Registry, answer);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> AskAsync(string registry, HttpMethod method, string path, RegistrySignIn? signIn, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var address = new Uri($"https://{HostOf(registry)}/v2/{path}");
            var answer = await SendAsync(method, address, null, stop.Token);
            if (answer.StatusCode is not HttpStatusCode.Unauthorized)
                return answer;
            using (answer)
            {
                var authorization = await AuthorizeAsync(registry, answer.Headers.WwwAuthenticate, signIn, stop.Token);
                return authorization is null ? throw Refused(registry, signIn) : await SendAsync(method, address, authorization, stop.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw Unreachable(registry, "It did not answer within 10 seconds.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or JsonException or UriFormatException)
        {
            throw Unreachable(registry, (exception.InnerException ?? exception).Message, exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, AuthenticationHeaderValue? authorization, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = authorization;
        foreach (var type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    /// <summary>What the registry asks for: the password itself, or a token that its token service gives for it. Null when there is nothing to offer.</summary>
    private async Task<AuthenticationHeaderValue?> AuthorizeAsync(string registry, IEnumerable<AuthenticationHeaderValue> challenges, RegistrySignIn? signIn, CancellationToken cancel)
    {
        var basic = signIn is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{signIn.UserName}:{signIn.Password}")));
        var bearer = challenges.FirstOrDefault(each => each.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter;
        if (bearer is null)
            return basic;

        // The token service may be another host, but never without TLS: it gets the password.
        var values = Parameter().Matches(bearer).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(values.GetValueOrDefault("realm"), UriKind.Absolute, out var realm) || realm.Scheme != Uri.UriSchemeHttps)
            throw Unreadable(registry);
        var query = string.Join('&', new[] { "service", "scope" }.Where(values.ContainsKey).Select(name => $"{name}={Uri.EscapeDataString(values[name])}"));
        using var answer = await SendAsync(HttpMethod.Get, new UriBuilder(realm) { Query = query }.Uri, basic, cancel);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw Refused(registry, signIn);
        ThrowUnlessGood(registry, answer);
        using var token = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
        foreach (var name in (string[])["token", "access_token"])
        {
            if (token.RootElement.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text)
                return new AuthenticationHeaderValue("Bearer", text);
        }

        throw Unreadable(registry);

        void ThrowUnlessGood(string host, HttpResponseMessage given)
        {
            if (!given.IsSuccessStatusCode)
                throw Unreachable(host, $"Its token service answered {(int)given.StatusCode}.", null);
        }
    }

    private static void ThrowUnlessGood(string registry, HttpResponseMessage answer)
    {
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw Refused(registry, new RegistrySignIn(registry, "", ""));
        if (!answer.IsSuccessStatusCode)
            throw Unreachable(registry, $"It answered {(int)answer.StatusCode}.", null);
    }

    private static RegistryException Refused(string registry, RegistrySignIn? signIn) => new(
        RegistryTrouble.Refused,
        signIn is null
            ? new Error("registry-needs-sign-in", $"The registry {registry} shows this to nobody without a sign-in.", "Add the sign-in of that registry, then try again. It may also mean that there is no such image.")
            : new Error("registry-refused", $"The registry {registry} refused the sign-in.", "Check user name and password; a token may have expired, or may lack the right to pull."));

    private static RegistryException Unreachable(string registry, string reason, Exception? inner) => new(
        RegistryTrouble.Unreachable,
        new Error("registry-unreachable", $"The portal cannot reach the registry {registry}.", "Check its name and port, and that its certificate is trusted on the portal's machine.", reason),
        inner);

    private static RegistryException Unreadable(string registry) => new(
        RegistryTrouble.Unreachable, new Error("registry-unreachable", $"{registry} does not answer as an image registry does.", "Check its name and port."));

    private static string HostOf(string registry) => registry is RegistrySignIn.DefaultRegistry or "index.docker.io" ? DefaultHost : registry;

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digest();

    [GeneratedRegex(@"(?<name>[a-z]+)=""(?<value>[^""]*)""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}

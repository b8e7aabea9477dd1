using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>
/// Posts to receivers, which are hostile: no redirect is followed, no proxy is asked, the answer is cut, and the address is looked at when the connection is made, so that
/// a name that means something else by then leads nowhere else.
/// </summary>
public sealed class WebhookClient : IDisposable
{
    /// <summary>After this a try has failed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>No more of an answer is read.</summary>
    public const int MostRead = 4096;

    private readonly IDnsLookup dns;
    private readonly SecretVault vault;
    private readonly WebhookOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient client;

    public WebhookClient(IDnsLookup dns, SecretVault vault, WebhookOptions options, TimeProvider time)
    {
        (this.dns, this.vault, this.options, this.time) = (dns, vault, options, time);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = 8,
            ConnectTimeout = Limit,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>One try; never throws for what the receiver does.</summary>
    public async Task<WebhookTry> PostAsync(Webhook hook, WebhookDelivery delivery, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var began = time.GetTimestamp();
        string? problem = null, answer = null;
        int? status = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url);
        try
        {
            Fill(request, hook, delivery, at);
            using var limit = new CancellationTokenSource(Limit, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            status = (int)response.StatusCode;
            problem = response.IsSuccessStatusCode ? null
                : status is >= 300 and < 400 ? $"The receiver answered {status}: redirects are not followed."
                : $"The receiver answered {status}.";
            answer = await ReadAsync(response, stop.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // An answer whose head said yes has arrived, however slowly the rest comes.
            problem = status is >= 200 and < 300 ? null : "The receiver did not answer within 10 seconds.";
        }
        catch (CryptographicException)
        {
            problem = "The portal can no longer read the secret: its key ring is another. Make a new secret.";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            problem = status is >= 200 and < 300 ? null : Explain(exception);
        }

        return new WebhookTry
        {
            Id = NewId.At(time),
            DeliveryId = delivery.Id,
            At = at,
            Status = status,
            Took = time.GetElapsedTime(began),
            Problem = problem,
            RequestHeaders = Describe(request),
            Answer = answer,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>The addresses behind a name, if all of them may be posted to; one that may not is reason enough to refuse them all.</summary>
    internal async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel)
    {
        List<IPAddress> addresses = IPAddress.TryParse(host.Trim('[', ']'), out var written)
            ? [written]
            : [.. (await dns.FindAsync(host, cancel))?.Addresses.Select(IPAddress.Parse) ?? []];
        if (addresses.Count == 0)
            throw new WebhookRefusedException($"There is no host {host}.");
        if (!options.AllowPrivateAddresses && addresses.Exists(address => !WebhookAddress.IsPublic(address)))
            throw new WebhookRefusedException($"{host} does not lead to the Internet: the portal posts only to receivers that the Internet reaches.");
        return addresses;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancel);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            // Connects to the very address that was looked at; the name is not asked a second time.
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    private void Fill(HttpRequestMessage request, Webhook hook, WebhookDelivery delivery, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds();
        List<string> secrets = [vault.Open(Webhook.SecretPurpose, hook.SecretProtected)];
        if (hook is { OldSecretProtected: { } old, OldSecretUntil: { } until } && until > at)
            secrets.Add(vault.Open(Webhook.SecretPurpose, old));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("FrappeHybrid-Webhook", "1"));
        request.Headers.Add("X-FrappeHybrid-Event", delivery.Kind);
        request.Headers.Add("X-FrappeHybrid-Delivery", delivery.Id.ToString());
        request.Headers.Add("X-FrappeHybrid-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(SignatureHeader, WebhookSignature.Of(timestamp, delivery.Body, secrets));
    }

    private const string SignatureHeader = "X-FrappeHybrid-Signature";

    private static string Describe(HttpRequestMessage request)
    {
        var headers = request.Headers.Concat(request.Content is { } content ? content.Headers : Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>());
        return string.Join('\n', headers.Select(header => header.Key == SignatureHeader ? $"{header.Key}: v1=…" : $"{header.Key}: {string.Join(", ", header.Value)}"));
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[MostRead];
        var length = await body.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, cancel);
        var text = string.Concat(Encoding.UTF8.GetString(buffer, 0, length).Select(letter => letter is '\n' or '\t' || !char.IsControl(letter) ? letter : ' '));
        return text.Length <= WebhookTry.LongestAnswer ? text : text[..WebhookTry.LongestAnswer];
    }

    private static string Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case WebhookRefusedException refused:
                    return refused.Message;
                case System.Security.Authentication.AuthenticationException:
                    return "The receiver's certificate was not accepted.";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "The receiver refused the connection.";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return "The receiver's name could not be looked up.";
            }
        }

        return "The connection to the receiver failed.";
    }
}

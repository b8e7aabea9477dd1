using System.Net;
using System.Text;
using System.Text.Json;

namespace FrappeHybrid.Tests.Demo;

/// <summary>Looks at a live site as a browser does: through the server's nginx, with the site's name as Host.</summary>
internal sealed class SiteChecks : IDisposable
{
    private readonly string site;
    private readonly HttpClient client;

    /// <param name="server">Where the server's nginx listens, e.g. http://127.0.0.2/.</param>
    /// <param name="site">The site's name.</param>
    public SiteChecks(Uri server, string site)
    {
        this.site = site;
        client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>Status of the home page.</summary>
    public async Task<int> StatusAsync()
    {
        using var response = await client.SendAsync(Request(HttpMethod.Get, "/"));
        return (int)response.StatusCode;
    }

    /// <summary>What `/api/method/ping` says; its message, or the status when there is none.</summary>
    public async Task<string> PingAsync()
    {
        using var response = await client.SendAsync(Request(HttpMethod.Get, "/api/method/ping"));
        if (response.StatusCode is not HttpStatusCode.OK)
            return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("message").GetString() ?? "";
    }

    /// <summary>
    /// Signs in and connects to the site's own socket.io namespace, which makes the websocket service ask the site who that is:
    /// it works only when the whole way round through nginx works.
    /// </summary>
    public async Task<bool> SocketConnectsAsync(string password)
    {
        var cookie = await SignInAsync(password);
        if (cookie is null)
            return false;

        var opened = await TextAsync(Request(HttpMethod.Get, "/socket.io/?EIO=4&transport=polling", cookie));
        if (!opened.StartsWith('0'))
            return false;
        using var handshake = JsonDocument.Parse(opened[1..]);
        var session = $"/socket.io/?EIO=4&transport=polling&sid={Uri.EscapeDataString(handshake.RootElement.GetProperty("sid").GetString()!)}";

        var connect = Request(HttpMethod.Post, session, cookie);
        connect.Content = new StringContent($"40/{site},", Encoding.UTF8, "text/plain");
        await TextAsync(connect);
        var answer = await TextAsync(Request(HttpMethod.Get, session, cookie));
        return answer.StartsWith($"40/{site},{{\"sid\"", StringComparison.Ordinal);
    }

    public void Dispose() => client.Dispose();

    private async Task<string?> SignInAsync(string password)
    {
        var request = Request(HttpMethod.Post, "/api/method/login");
        request.Content = new FormUrlEncodedContent([new("usr", "Administrator"), new("pwd", password)]);
        using var response = await client.SendAsync(request);
        if (response.StatusCode is not HttpStatusCode.OK || !response.Headers.TryGetValues("Set-Cookie", out var cookies))
            return null;
        return cookies.Select(cookie => cookie.Split(';')[0]).FirstOrDefault(cookie => cookie.StartsWith("sid=", StringComparison.Ordinal));
    }

    private async Task<string> TextAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? cookie = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Host = site;
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return request;
    }
}

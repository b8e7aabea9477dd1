using System.Net;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>The real portal in this process, on a port and a data folder of its own, with a fake Agent behind it.</summary>
internal sealed partial class TestPortal : IAsyncDisposable, IAgentConnection
{
    public const string Email = "operator@example.com";
    public const string Password = "correct horse battery";
    private readonly WebApplication portal;
    private readonly string folder;
    private readonly HttpClient agent;

    private TestPortal(string url)
    {
        folder = Directory.CreateTempSubdirectory("portal-test").FullName;
        agent = new HttpClient(Agent, false) { BaseAddress = new Uri("https://agent:25052"), Timeout = Timeout.InfiniteTimeSpan };
        portal = PortalHost.Build([$"--Portal:DataFolder={folder}", $"--urls={url}"], builder =>
        {
            builder.Services.AddSingleton<IAgentConnection>(this);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
    }

    public FakeAgent Agent { get; } = new();

    public Uri Url => new(portal.Urls.First());

    public IServiceProvider Services => portal.Services;

    public static async Task<TestPortal> StartAsync(bool hasOperator = true, string url = "http://127.0.0.1:0")
    {
        var test = new TestPortal(url);
        await test.portal.StartAsync();
        if (hasOperator)
        {
            var made = await test.Services.GetRequiredService<CreateOperator>().RunAsync(Email, Password, "Example Hosting", CancellationToken.None);
            Xunit.Assert.True(made.IsDone, made.Error?.Message);
        }

        return test;
    }

    /// <summary>A browser without scripts: keeps cookies, follows no redirect.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };

    public async Task<HttpClient> SignedInAsync()
    {
        var browser = Browser();
        using var answer = await PostFormAsync(browser, "/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.Email"] = Email, ["Input.Password"] = Password });
        Xunit.Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    /// <summary>Posts a form as a browser does: with the token of the page that holds it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient browser, string page, Dictionary<string, string> fields, string? action = null)
    {
        var html = await browser.GetStringAsync(new Uri(page, UriKind.Relative));
        fields["__RequestVerificationToken"] = FormToken().Match(html).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(new Uri(action ?? page, UriKind.Relative), form);
    }

    public HttpClient For(Server server) => agent;

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)))
            await portal.StopAsync(limit.Token);
        await portal.DisposeAsync();
        agent.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();
}

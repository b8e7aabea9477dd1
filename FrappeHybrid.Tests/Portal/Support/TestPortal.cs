using System.Net;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>The real portal in this process, on a port and a data folder of its own, with a fake Agent behind it.</summary>
internal sealed partial class TestPortal : IAsyncDisposable, IAgentConnection
{
    public const string Email = "operator@example.com";
    public const string Password = "correct horse battery";

    /// <summary>Settings with which letters are written and stay in the outbox: at their server nobody listens.</summary>
    public static readonly string[] LettersThatStay = ["--Portal:PublicUrl=http://portal.example.com", "--Mail:Host=127.0.0.1", "--Mail:Port=1", "--Mail:From=portal@example.com"];

    private readonly WebApplication portal;
    private readonly bool isOurs;
    private readonly HttpClient agent;

    private TestPortal(string url, string? folder, TimeProvider? time, Action<WebApplicationBuilder>? configure, IEnumerable<string> settings, LogSink? logs)
    {
        isOurs = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("portal-test").FullName;
        agent = new HttpClient(Agent, false) { BaseAddress = new Uri("https://agent:25052"), Timeout = Timeout.InfiniteTimeSpan };
        portal = PortalHost.Build([$"--Portal:DataFolder={Folder}", $"--urls={url}", .. settings], builder =>
        {
            builder.Services.AddSingleton<IAgentConnection>(this);
            builder.Services.AddSingleton<IDnsLookup, SeededDns>();
            if (time is not null)
                builder.Services.AddSingleton(time);
            builder.Logging.SetMinimumLevel(logs is null ? LogLevel.Error : LogLevel.Trace);
            if (logs is not null)
                builder.Logging.ClearProviders().AddProvider(logs);
            configure?.Invoke(builder);
        });
    }

    public FakeAgent Agent { get; } = new();

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public Uri Url => new(portal.Urls.First());

    public IServiceProvider Services => portal.Services;

    /// <param name="database">The portal.db of a <see cref="TestCore"/> to begin with, which has its own people.</param>
    /// <param name="folder">A data folder that somebody else has made and takes away; its operator is there already.</param>
    /// <param name="time">Another clock.</param>
    /// <param name="configure">Further settings and services.</param>
    /// <param name="settings">Settings as on the command line, e.g. "--Accounts:SignUp=Open".</param>
    public static async Task<TestPortal> StartAsync(
        bool hasOperator = true, string url = "http://127.0.0.1:0", string? database = null, string? folder = null, TimeProvider? time = null, Action<WebApplicationBuilder>? configure = null,
        LogSink? logs = null, params IEnumerable<string> settings)
    {
        var test = new TestPortal(url, folder, time, configure, settings, logs);
        if (database is not null)
            File.Copy(database, Path.Combine(test.Folder, "portal.db"));
        await test.portal.StartAsync();
        if (hasOperator && folder is null)
        {
            var made = await test.Services.GetRequiredService<CreateOperator>().RunAsync(Email, Password, "Example Hosting", CancellationToken.None);
            Xunit.Assert.True(made.IsDone, made.Error?.Message);
        }

        return test;
    }

    /// <summary>A browser without scripts: keeps cookies, follows no redirect.</summary>
    /// <param name="address">From where it comes, as a proxy on this machine tells.</param>
    public HttpClient Browser(string? address = null)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };
        if (address is not null)
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    /// <summary>The secret of the link in the last letter to that address.</summary>
    public Task<string> TokenInMailAsync(string to) => Mailbox.TokenAsync(Services.GetRequiredService<IDbContextFactory<PortalDb>>(), Services.GetRequiredService<SecretVault>(), to);

    public async Task<HttpClient> SignedInAsync(string? address = null)
    {
        var browser = Browser(address);
        using var answer = await SignInAsync(browser);
        Xunit.Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    /// <summary>Fills the sign-in form in.</summary>
    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email = Email, string password = Password) =>
        PostFormAsync(browser, "/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.Email"] = email, ["Input.Password"] = password });

    /// <summary>A browser of that person, however the person signs in.</summary>
    public async Task<HttpClient> SignedInAsync(Guid user)
    {
        var token = await Services.GetRequiredService<SignInLinks>().CreateAsync(user, TimeSpan.FromMinutes(5), CancellationToken.None);
        var browser = Browser();
        using var answer = await PostFormAsync(browser, "/account/enter", new() { ["token"] = token }, "/account/enter/redeem");
        Xunit.Assert.Equal("/", answer.Headers.Location?.OriginalString);
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
        if (isOurs)
            Directory.Delete(Folder, true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();
}

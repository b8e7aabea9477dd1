using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// Guessing at one account's password, bounded to five minutes, against the portal itself on loopback: many at once, each try from another address (a proxy on this machine
/// may say from where), so that only the account's own limit holds. Meanwhile its user signs in with a browser that the account knows, and with one that it does not.
/// A try was let through when the portal looked at the password ("do not belong together") and did not say how long to wait.
/// </summary>
internal static partial class LoginMeasure
{
    private const string Email = "operator@example.com";
    private const string Password = "correct horse battery";
    private const int Attackers = 4;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static async Task<int> RunAsync(string[] options)
    {
        var span = options is ["--seconds", var seconds] ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : Span;
        var folder = Directory.CreateTempSubdirectory("fh-measure-").FullName;
        try
        {
            await using var portal = PortalHost.Build([$"--Portal:DataFolder={folder}", "--urls=http://127.0.0.1:0"], builder => builder.Logging.SetMinimumLevel(LogLevel.Error));
            await portal.StartAsync();
            var made = await portal.Services.GetRequiredService<CreateOperator>().RunAsync(Email, Password, "Measured", CancellationToken.None);
            if (!made.IsDone)
                throw new InvalidOperationException(made.Error.Message);
            var figures = await MeasureAsync(new Uri(portal.Urls.First()), span);
            await portal.StopAsync();
            Console.WriteLine(figures);
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(Uri portal, TimeSpan span)
    {
        using var known = Browser(portal, "198.51.100.1");
        await InAsync(known, Patience);
        var clock = Stopwatch.StartNew();
        var tries = 0;
        var letThrough = 0;
        using var ends = new CancellationTokenSource(span);
        var attack = Enumerable.Range(0, Attackers).Select(attacker => Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref tries);
                // Each from an address of its own: neither the count by address nor the rate limiter holds it up.
                using var browser = Browser(portal, $"10.{attacker}.{number / 250 % 250}.{number % 250}");
                if ((await TryAsync(browser, $"guess number {number}")).Text.Contains("do not belong together", StringComparison.Ordinal))
                    Interlocked.Increment(ref letThrough);
            }
        })).ToList();

        // In the middle of it, when the account has long been closed for strangers.
        await Task.Delay(span / 2);
        await SignOutAsync(known);
        var knownWait = await InAsync(known, Patience);
        using var fresh = Browser(portal, "198.51.100.2");
        var freshWait = await InAsync(fresh, Patience);
        await Task.WhenAll(attack);
        Say("attack", string.Create(CultureInfo.InvariantCulture, $"{tries} tries in {clock.Elapsed.TotalSeconds:0} s, {letThrough} looked at"));
        return string.Create(CultureInfo.InvariantCulture, $"{{\"tries\":{tries},\"let_through\":{letThrough},\"valid_user_known_browser_wait_s\":{knownWait.TotalSeconds:0.0},\"valid_user_new_browser_wait_s\":{freshWait.TotalSeconds:0.0}}}");
    }

    // How long until the right password is let in: does what the page says, and waits as long as it says.
    private static async Task<TimeSpan> InAsync(HttpClient browser, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (isIn, text) = await TryAsync(browser, Password);
            if (isIn)
                return clock.Elapsed;
            if (WaitTold().Match(text) is not { Success: true } told || clock.Elapsed > patience)
                throw new InvalidOperationException($"The right password was not let in: {text}");
            // A patient person does what the page says.
            var amount = told.Groups["amount"].Value is "a" ? 1 : int.Parse(told.Groups["amount"].Value, CultureInfo.InvariantCulture);
            await Task.Delay(told.Groups["unit"].Value is "minute" ? TimeSpan.FromMinutes(amount) : TimeSpan.FromSeconds(amount));
        }
    }

    private static async Task<(bool IsIn, string Text)> TryAsync(HttpClient browser, string password)
    {
        var page = await browser.GetStringAsync(new Uri("/account/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", FormToken().Match(page).Groups["token"].Value), new("_handler", "sign-in"), new("Input.Email", Email), new("Input.Password", password)]);
        using var answer = await browser.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form);
        return (answer.StatusCode is HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
    }

    private static async Task SignOutAsync(HttpClient browser)
    {
        var page = await browser.GetStringAsync(new Uri("/account", UriKind.Relative));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", FormToken().Match(page).Groups["token"].Value)]);
        using var answer = await browser.PostAsync(new Uri("/account/sign-out", UriKind.Relative), form);
    }

    private static HttpClient Browser(Uri portal, string address)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = portal };
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    private static void Say(string what, string figure) => Console.WriteLine($"{what,-10} {figure}");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();

    [GeneratedRegex("Too many tries.*Wait (?<amount>[0-9]+|a) (?<unit>second|minute)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WaitTold();
}

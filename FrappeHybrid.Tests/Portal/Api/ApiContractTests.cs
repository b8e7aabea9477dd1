using System.Net;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Portal.Api;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Api;

/// <summary>What holds for all of the API: paging, problems, limits, and that a token is nowhere.</summary>
public sealed class ApiContractTests : IAsyncLifetime
{
    private ApiWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ApiWorld.StartAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Lists_come_in_pages_that_together_are_everything_once()
    {
        await using (var db = await world.DbAsync())
        {
            for (var number = 0; number < 7; number++)
                db.Sites.Add(world.NewSite($"s{number}.example.com"));
            await db.SaveChangesAsync(ApiWorld.Cancel);
        }

        using var program = world.Program(await world.OwnerTokenAsync());
        foreach (var (path, count) in new[] { ("/api/v1/sites?limit=3&state=active", 8), ("/api/v1/sites?limit=200&find=s%20example", 8), ($"/api/v1/sites/{world.Site.Id}/backups?limit=1", 2) })
        {
            var seen = new List<string>();
            for (string? next = path; next is not null;)
            {
                var (status, body, answer) = await ApiWorld.SendAsync(program, "GET", next);
                Assert.Equal(200, status);
                seen.AddRange(body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
                var cursor = body.GetProperty("next").GetString();
                next = answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links).Split('<', '>')[1] : null;
                Assert.Equal(cursor is not null, next is not null);
            }

            Assert.Equal(count, seen.Count);
            Assert.Equal(count, seen.Distinct().Count());
        }
    }

    [Fact]
    public async Task Jobs_of_one_moment_are_paged_without_loss_and_filtered()
    {
        await using (var db = await world.DbAsync())
        {
            var first = await db.Jobs.AsNoTracking().FirstAsync(ApiWorld.Cancel);
            for (var number = 0; number < 5; number++)
            {
                db.Jobs.Add(new FrappeHybrid.Core.Jobs.Job
                {
                    Id = Guid.CreateVersion7(),
                    TeamId = world.Team,
                    ServerId = world.Server.Id,
                    BenchId = world.Bench.Id,
                    Type = first.Type,
                    Subject = "x",
                    Path = "/x",
                    CreatedAt = first.CreatedAt.AddMinutes(number < 4 ? -1 : -2),
                });
            }

            await db.SaveChangesAsync(ApiWorld.Cancel);
        }

        using var program = world.Program(await world.OwnerTokenAsync());
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var (status, body, _) = await ApiWorld.SendAsync(program, "GET", $"/api/v1/jobs?limit=2&cursor={cursor}");
            Assert.Equal(200, status);
            seen.AddRange(body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = body.GetProperty("next").GetString();
        }

        Assert.Equal(6, seen.Count);
        Assert.Equal(6, seen.Distinct().Count());
        Assert.Equal(world.Job.ToString(), seen[0]);
        var (_, ofSite, _) = await ApiWorld.SendAsync(program, "GET", $"/api/v1/jobs?site={world.Site.Id}");
        Assert.Single(ofSite.GetProperty("items").EnumerateArray());
        var (_, none, _) = await ApiWorld.SendAsync(program, "GET", "/api/v1/jobs?state=success");
        Assert.Empty(none.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("GET", "/api/v1/sites?limit=0", null, 400, "filter-invalid")]
    [InlineData("GET", "/api/v1/sites?limit=201", null, 400, "filter-invalid")]
    [InlineData("GET", "/api/v1/sites?limit=many", null, 400, "request-invalid")]
    [InlineData("GET", "/api/v1/sites?cursor=%21%21", null, 400, "cursor-invalid")]
    [InlineData("GET", "/api/v1/jobs?cursor=AAAA", null, 400, "cursor-invalid")]
    [InlineData("GET", "/api/v1/sites?state=3", null, 400, "request-invalid")]
    [InlineData("GET", "/api/v1/sites?state=Active", null, 400, "request-invalid")]
    [InlineData("GET", "/api/v1/sites/not-an-id", null, 404, "not-found")]
    [InlineData("GET", "/api/v1/nowhere", null, 404, "not-found")]
    [InlineData("PUT", "/api/v1/sites", "{}", 405, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "{\"teamId\":\"TEAM\",\"name\":\"new\",\"address\":\"x\"}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "{\"teamId\":\"TEAM\"}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "{\"teamId\":\"TEAM\",\"name\":null}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "{\"teamId\":\"TEAM\",\"name\":\"a\",\"name\":\"b\"}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "{\"teamId\":\"TEAM\",\"Name\":\"new\"}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "not json", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/servers", "{\"teamId\":\"TEAM\",\"name\":\"\"}", 422, "name-invalid")]
    [InlineData("POST", "/api/v1/benches/BENCH/restart", "{\"services\":[3]}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/benches/BENCH/restart", "{\"services\":[\"Backend\"]}", 400, "request-invalid")]
    [InlineData("POST", "/api/v1/benches/BENCH/restart", "{\"services\":[\"queue-short\"]}", 202, "")]
    [InlineData("POST", "/api/v1/sites/SITE/drop", "{\"confirmedName\":\"another\"}", 422, "name-not-confirmed")]
    public async Task Requests_that_cannot_be_are_explained(string method, string path, string? body, int expected, string code)
    {
        using var program = world.Program(await world.OwnerTokenAsync());
        var (status, answer, response) = await ApiWorld.SendAsync(program, method, Fill(path), body is null ? null : Fill(body));
        Assert.True(expected == status, $"{status} {answer}");
        if (status < 400)
            return;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, answer.GetProperty("code").GetString());
        Assert.Equal(status, answer.GetProperty("status").GetInt32());
        Assert.NotEmpty(answer.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Bodies_that_are_no_json_or_too_large_are_refused()
    {
        using var program = world.Program(await world.OwnerTokenAsync());
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var plain = await program.PostAsync(new Uri("/api/v1/servers", UriKind.Relative), text, ApiWorld.Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, plain.StatusCode);
        Assert.Equal("application/problem+json", plain.Content.Headers.ContentType?.MediaType);
        var (status, body, _) = await ApiWorld.SendAsync(program, "POST", "/api/v1/servers", new { teamId = world.Team, name = new string('x', 1024 * 1024) });
        Assert.Equal((413, "request-too-large"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Long_work_answers_with_its_job_and_the_job_is_where_it_says()
    {
        using var program = world.Program(await world.OwnerTokenAsync());
        var (status, job, answer) = await ApiWorld.SendAsync(program, "POST", "/api/v1/sites", new { benchId = world.Bench.Id, name = "new.example.com", administratorPassword = ApiWorld.Password, apps = Array.Empty<string>() });
        Assert.True(status == 202, job.ToString());
        Assert.Equal($"/api/v1/jobs/{job.GetProperty("id").GetString()}", answer.Headers.Location?.OriginalString);
        var (found, again, _) = await ApiWorld.SendAsync(program, "GET", answer.Headers.Location!.OriginalString);
        Assert.Equal((200, "job", "new.example.com"), (found, again.GetProperty("kind").GetString(), again.GetProperty("subject").GetString()));
        Assert.False(again.GetProperty("hasEnded").GetBoolean());
        Assert.EndsWith("+00:00", again.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        Assert.True(again.GetProperty("steps").GetArrayLength() > 0);
        var (isThere, site, _) = await ApiWorld.SendAsync(program, "GET", $"/api/v1/sites/{job.GetProperty("siteId").GetString()}");
        Assert.Equal((200, "installing"), (isThere, site.GetProperty("state").GetString()));
        await using var db = await world.DbAsync();
        var entry = await db.Activity.OrderByDescending(each => each.Number).FirstAsync(ApiWorld.Cancel);
        Assert.Equal(("create-site", "Test"), (entry.Act, entry.TokenName));
    }

    [Fact]
    public async Task Description_is_for_tokens_and_for_who_is_signed_in()
    {
        using var nobody = world.Program(null);
        Assert.Equal(401, (await ApiWorld.SendAsync(nobody, "GET", ApiPaths.Document)).Status);
        using var browser = await world.Portal.SignedInAsync();
        Assert.Equal(200, (await ApiWorld.SendAsync(browser, "GET", ApiPaths.Document)).Status);
        using var program = world.Program(await world.OwnerTokenAsync(Capability.View));
        var (status, document, _) = await ApiWorld.SendAsync(program, "GET", ApiPaths.Document);
        Assert.Equal(200, status);
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString());
        var operation = document.GetProperty("paths").GetProperty("/api/v1/sites").GetProperty("post");
        Assert.True(operation.GetProperty("responses").TryGetProperty("422", out _));
        Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
    }

    [Fact]
    public async Task Bad_tokens_are_limited_by_address_and_good_ones_by_token()
    {
        using var good = world.Program(await world.OwnerTokenAsync(Capability.View));
        for (var request = 1; request <= ApiServices.MostPerMinute; request++)
        {
            using var answer = await good.GetAsync(new Uri("/api/v1/me", UriKind.Relative), ApiWorld.Cancel);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"request {request}: {answer.StatusCode}");
        }

        var (status, problem, limited) = await ApiWorld.SendAsync(good, "GET", "/api/v1/me");
        Assert.Equal((429, "too-many-requests"), (status, problem.GetProperty("code").GetString()));
        Assert.True(limited.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        using var other = world.Program(await world.OwnerTokenAsync(Capability.View));
        Assert.Equal(200, (await ApiWorld.SendAsync(other, "GET", "/api/v1/me")).Status);

        for (var request = 0; request < BadTokens.Most; request++)
        {
            using var wrong = world.Program(ApiTokenValue.Make());
            Assert.Equal(401, (await ApiWorld.SendAsync(wrong, "GET", "/api/v1/me")).Status);
        }

        using var one = world.Program(ApiTokenValue.Make());
        var (refused, _, tooMany) = await ApiWorld.SendAsync(one, "GET", "/api/v1/me");
        Assert.Equal(429, refused);
        Assert.True(tooMany.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Token_and_password_are_in_no_log_and_in_no_byte_of_the_database()
    {
        var logs = new LogSink();
        await using var logged = await ApiWorld.StartAsync(logs);
        var token = await logged.OwnerTokenAsync();
        using var program = logged.Program(token);
        Assert.Equal(202, (await ApiWorld.SendAsync(program, "POST", "/api/v1/sites", new { benchId = logged.Bench.Id, name = "canary.example.com", administratorPassword = ApiWorld.Password }, "canary-key")).Status);
        Assert.Equal(400, (await ApiWorld.SendAsync(program, "POST", "/api/v1/sites", $"{{\"administratorPassword\":\"{ApiWorld.Password}\",\"x\":1}}")).Status);
        var wrong = token[..^2] + "zz";
        using var bad = logged.Program(wrong);
        Assert.Equal(401, (await ApiWorld.SendAsync(bad, "GET", "/api/v1/sites")).Status);

        Assert.NotEmpty(logs.Lines);
        foreach (var secret in new[] { token, wrong, ApiWorld.Password, "canary-key" })
        {
            Assert.DoesNotContain(logs.Lines, line => line.Contains(secret, StringComparison.Ordinal));
            foreach (var file in Directory.GetFiles(logged.Portal.Folder, "portal.db*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes, ApiWorld.Cancel);
                Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds it");
            }
        }
    }

    private string Fill(string text) => text
        .Replace("TEAM", world.Team.ToString(), StringComparison.Ordinal).Replace("BENCH", world.Bench.Id.ToString(), StringComparison.Ordinal).Replace("SITE", world.Site.Id.ToString(), StringComparison.Ordinal);
}

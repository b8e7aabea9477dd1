using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Api;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Api;

/// <summary>Every endpoint of the API, found by the route table: asked without a token, with one of another team, with one that only looks, and with one that may.</summary>
public sealed class ApiEndpointTests : IAsyncLifetime
{
    /// <summary>Addresses where the seeded team really has nothing.</summary>
    private static readonly string[] Empty = ["/steps/", "/undo"];

    private ApiWorld world = null!;
    private Dictionary<string, ApiOperation> operations = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ApiWorld.StartAsync();

        // What an Agent says is another test's; here it must be asked at all.
        world.Portal.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.ServiceUnavailable, "agent-busy", "Busy."));
        operations = (await world.Get<ApiReference>().ReadAsync(ApiWorld.Cancel)).ToDictionary(operation => $"{operation.Method} {operation.Path}");
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public void There_are_endpoints_and_each_stands_in_the_description()
    {
        var all = Endpoints();
        Assert.True(all.Count > 80, $"{all.Count} endpoints");
        Assert.Equal(all.Select(each => $"{each.Method} {each.Template}").Order(StringComparer.Ordinal), operations.Keys.Order(StringComparer.Ordinal));
        Assert.All(operations.Values, operation => Assert.True(operation.Summary != operation.Path && Enum.TryParse<Capability>(operation.Right, out _), $"{operation.Path} says nothing of itself"));
        Assert.Equal(operations.Count, operations.Values.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_token_every_endpoint_answers_401_and_a_browsers_cookie_is_none()
    {
        using var nobody = world.Program(null);
        using var browser = await world.Portal.SignedInAsync();
        foreach (var (method, template, _) in Endpoints())
        {
            foreach (var program in new[] { nobody, browser })
            {
                using var request = Ask(method, template);
                using var answer = await program.SendAsync(request, ApiWorld.Cancel);
                Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"{method} {template} answered {answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
            }
        }
    }

    [Fact]
    public async Task With_a_token_of_another_team_nothing_is_found_and_nothing_foreign_is_said()
    {
        using var stranger = world.Program(await world.StrangerTokenAsync());
        var before = await CountAsync();
        foreach (var (method, template, right) in Endpoints())
        {
            using var request = Ask(method, template);
            using var answer = await stranger.SendAsync(request, ApiWorld.Cancel);
            var text = await answer.Content.ReadAsStringAsync(ApiWorld.Cancel);
            Assert.DoesNotContain(ApiWorld.Mark, text, StringComparison.OrdinalIgnoreCase);
            if (right is nameof(Capability.OperatePortal))
                Assert.True(answer.StatusCode is HttpStatusCode.Forbidden, $"{method} {template} answered {answer.StatusCode}");
            else if (template.Contains('{', StringComparison.Ordinal) || method != "GET")
                Assert.True(answer.StatusCode is HttpStatusCode.NotFound, $"{method} {template} answered {(int)answer.StatusCode} {text}");
            else
                Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{method} {template} answered {(int)answer.StatusCode} {text}");
        }

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task With_a_token_that_only_looks_nothing_is_changed()
    {
        using var viewer = world.Program(await world.OwnerTokenAsync(Capability.View));
        var before = await CountAsync();
        foreach (var (method, template, right) in Endpoints())
        {
            using var request = Ask(method, template);
            using var answer = await viewer.SendAsync(request, ApiWorld.Cancel);
            var text = await answer.Content.ReadAsStringAsync(ApiWorld.Cancel);
            var mayAnswer = method == "GET" && right is nameof(Capability.View);
            Assert.True(mayAnswer ? answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError) : answer.StatusCode is HttpStatusCode.Forbidden, $"{method} {template} answered {(int)answer.StatusCode} {text}");
        }

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task With_a_token_that_may_every_endpoint_reaches_its_act()
    {
        using var owner = world.Program(await world.OwnerTokenAsync());
        foreach (var (method, template, right) in Endpoints().Where(each => each.Right is not nameof(Capability.OperatePortal)))
        {
            using var request = Ask(method, template);
            using var answer = await owner.SendAsync(request, ApiWorld.Cancel);
            var text = await answer.Content.ReadAsStringAsync(ApiWorld.Cancel);
            HttpStatusCode[] wrong = Array.Exists(Empty, part => template.Contains(part, StringComparison.Ordinal))
                ? [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError]
                : [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError, HttpStatusCode.NotFound, HttpStatusCode.UnsupportedMediaType];
            Assert.False(wrong.Contains(answer.StatusCode), $"{method} {template} answered {(int)answer.StatusCode} {text}");
            if (!answer.IsSuccessStatusCode)
            {
                using var problem = JsonDocument.Parse(text);
                Assert.Equal((int)answer.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
                Assert.NotEmpty(problem.RootElement.GetProperty("code").GetString()!);
            }
        }
    }

    private List<(string Method, string Template, string Right)> Endpoints() =>
    [
        .. world.Portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => Plain(endpoint.RoutePattern.RawText!) is var template && template.StartsWith("/api/v1/", StringComparison.Ordinal) && template != ApiPaths.Document)
            .Select(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], Template: Plain(endpoint.RoutePattern.RawText!), endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Last(data => data.Policy is not null).Policy!)),
    ];

    // "{id:guid}" is "{id}" in the description.
    private static string Plain(string route) => "/" + route.Replace(":guid}", "}", StringComparison.Ordinal).TrimStart('/');

    private HttpRequestMessage Ask(string method, string template)
    {
        var path = string.Join('/', template.Split('/').Select((part, index) => part.StartsWith('{') ? Uri.EscapeDataString(Value(part.Trim('{', '}'), template.Split('/')[index - 1])) : part));
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        var operation = operations[$"{method} {template}"];
        if (operation.Example is { } example)
            request.Content = new StringContent(Fill(JsonNode.Parse(example)!.AsObject(), template), System.Text.Encoding.UTF8, "application/json");
        else if (operation.TakesFile)
            request.Content = new ByteArrayContent([1, 2, 3]);
        return request;
    }

    private string Value(string parameter, string before) => (parameter, before) switch
    {
        ("id", "servers") => world.Server.Id.ToString(),
        ("id", "benches") => world.Bench.Id.ToString(),
        ("id", "sites") => world.Site.Id.ToString(),
        ("id", "backups") => world.Backup.ToString(),
        ("id", "jobs") => world.Job.ToString(),
        ("id", "plays") => world.Play.ToString(),
        ("id", "trash") => world.Dropped.ToString(),
        ("id", "bench-updates") => world.BenchUpdate.ToString(),
        ("kind", _) => "database",
        ("name", "logs") => "frappe.log",
        ("name", "environment") => "SOME_NAME",
        ("app", _) => "erpnext",
        ("domain", _) => "www.example.org",
        ("key", _) => "dump",
        (_, _) => Guid.CreateVersion7().ToString(),
    };

    // The description's own example, with ids of the first team and a password that passes.
    private string Fill(JsonObject body, string template)
    {
        foreach (var (name, _) in body.ToList())
        {
            body[name] = name switch
            {
                "teamId" => world.Team.ToString(),
                "serverId" => world.Server.Id.ToString(),
                "benchId" or "targetBenchId" => world.Bench.Id.ToString(),
                "backupId" => world.Backup.ToString(),
                "releaseId" => world.Release.ToString(),
                "administratorPassword" or "password" => ApiWorld.Password,
                "name" => "third",
                _ => body[name]?.DeepClone(),
            };
        }

        if (template.EndsWith("/updates", StringComparison.Ordinal))
            body = new JsonObject { ["targetBenchId"] = world.Bench.Id.ToString() };
        return body.ToJsonString();
    }

    // What is recorded although nothing was changed.
    private static readonly string[] Told = ["create-api-token", "refused", "download-support-bundle"];

    private async Task<(int Jobs, int Acts, int Sites, int Benches, int Servers, int Plays)> CountAsync()
    {
        await using var db = await world.DbAsync();
        return (await db.Jobs.CountAsync(ApiWorld.Cancel), await db.Activity.CountAsync(entry => !Told.Contains(entry.Act), ApiWorld.Cancel), await db.Sites.CountAsync(ApiWorld.Cancel), await db.Benches.CountAsync(ApiWorld.Cancel), await db.Servers.CountAsync(ApiWorld.Cancel), await db.Plays.CountAsync(ApiWorld.Cancel));
    }
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Api;

/// <summary>The header Idempotency-Key, as a program on a bad connection uses it.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private ApiWorld world = null!;
    private HttpClient program = null!;

    private string Path => $"/api/v1/sites/{world.Site.Id}/backups";

    public async ValueTask InitializeAsync()
    {
        world = await ApiWorld.StartAsync();
        program = world.Program(await world.OwnerTokenAsync());
    }

    public async ValueTask DisposeAsync()
    {
        program.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Same_request_again_gets_the_same_answer_and_does_nothing()
    {
        var before = await JobsAsync();
        var first = await SendAsync(new { withFiles = true }, "one");
        var second = await SendAsync(new { withFiles = true }, "one");
        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(first.Body.ToString(), second.Body.ToString());
        Assert.Equal(first.Answer.Headers.Location, second.Answer.Headers.Location);
        Assert.Equal(first.Answer.Content.Headers.ContentType, second.Answer.Content.Headers.ContentType);
        Assert.False(first.Answer.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", Assert.Single(second.Answer.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal(before + 1, await JobsAsync());

        await SendAsync(new { withFiles = true }, "two");
        Assert.Equal(before + 2, await JobsAsync());
    }

    [Fact]
    public async Task Same_key_for_another_body_or_address_is_refused_and_another_tokens_key_is_its_own()
    {
        Assert.Equal(202, (await SendAsync(new { withFiles = true }, "one")).Status);
        var other = await SendAsync(new { withFiles = false }, "one");
        Assert.Equal((422, "idempotency-key-invalid"), (other.Status, other.Body.GetProperty("code").GetString()));
        var elsewhere = await ApiWorld.SendAsync(program, "POST", $"/api/v1/sites/{world.Site.Id}/clear-cache", null, "one");
        Assert.Equal(422, elsewhere.Status);
        using var second = world.Program(await world.OwnerTokenAsync());
        Assert.Equal(202, (await ApiWorld.SendAsync(second, "POST", Path, new { withFiles = false }, "one")).Status);
    }

    [Fact]
    public async Task Twins_at_the_same_moment_do_it_once()
    {
        var before = await JobsAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(new { withFiles = true }, "twins")));
        Assert.Equal(before + 1, await JobsAsync());
        Assert.All(answers, answer => Assert.True(answer.Status is 202 or 409, $"{answer.Status} {answer.Body}"));
        var done = answers.Where(answer => answer.Status == 202).ToList();
        Assert.NotEmpty(done);
        Assert.Single(done.Select(answer => answer.Body.GetProperty("id").GetString()).Distinct());
        Assert.Single(done, answer => !answer.Answer.Headers.Contains("Idempotent-Replayed"));
        Assert.All(answers.Where(answer => answer.Status == 409), answer => Assert.Equal("idempotency-running", answer.Body.GetProperty("code").GetString()));
        Assert.Equal(202, (await SendAsync(new { withFiles = true }, "twins")).Status);
    }

    [Fact]
    public async Task Refused_request_frees_its_key_and_one_that_cannot_be_read_does_too()
    {
        var path = $"/api/v1/sites/{world.Site.Id}/backups/retention";
        Assert.Equal(422, (await ApiWorld.SendAsync(program, "PUT", path, new { keep = 0 }, "again")).Status);
        Assert.Equal(400, (await ApiWorld.SendAsync(program, "PUT", path, new { kept = 0 }, "again")).Status);
        Assert.Equal(204, (await ApiWorld.SendAsync(program, "PUT", path, new { keep = 9 }, "again")).Status);
        var (status, _, answer) = await ApiWorld.SendAsync(program, "PUT", path, new { keep = 9 }, "again");
        Assert.Equal(204, status);
        Assert.True(answer.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Key_that_is_none_is_refused_and_reading_needs_none()
    {
        Assert.Equal(422, (await SendAsync(new { withFiles = true }, new string('k', 201))).Status);
        var (status, _, answer) = await ApiWorld.SendAsync(program, "GET", Path, null, "one");
        Assert.Equal(200, status);
        Assert.False(answer.Headers.Contains("Idempotent-Replayed"));
        await using var db = await world.DbAsync();
        Assert.Equal(0, await db.ApiAnswers.CountAsync(ApiWorld.Cancel));
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Answer)> SendAsync(object body, string key) => ApiWorld.SendAsync(program, "POST", Path, body, key);

    private async Task<int> JobsAsync()
    {
        await using var db = await world.DbAsync();
        return await db.Jobs.CountAsync(ApiWorld.Cancel);
    }
}

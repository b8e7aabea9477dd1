using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

public sealed class AgentErrorTests
{
    public static TheoryData<Exception, string, AgentTrouble> Failures => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.ConnectionRefused)), "agent-refused", AgentTrouble.NotSent },
        { new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.HostUnreachable)), "agent-unreachable", AgentTrouble.NotSent },
        { new HttpRequestException(HttpRequestError.NameResolutionError, "x"), "agent-name", AgentTrouble.NotSent },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new AuthenticationException("x")), "agent-certificate", AgentTrouble.NotSent },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new IOException("x")), "agent-unreachable", AgentTrouble.NotSent },
        { new HttpRequestException(HttpRequestError.ResponseEnded, "x"), "agent-connection", AgentTrouble.Uncertain },
        { new IOException("x"), "agent-connection", AgentTrouble.Uncertain },
        { new OperationCanceledException("x"), "agent-timeout", AgentTrouble.Uncertain },
    };

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_is_a_sentence_with_advice(Exception failure, string code, AgentTrouble trouble)
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        core.Agent.Before = (_, _) => throw failure;

        var exception = await Assert.ThrowsAsync<AgentException>(() => core.Get<AgentClient>().ServerAsync(server, Cancel));

        Assert.Equal((code, trouble), (exception.Error.Code, exception.Trouble));
        Assert.NotNull(exception.Error.Advice);
        Assert.EndsWith(".", exception.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "", "agent-forbidden")]
    [InlineData(HttpStatusCode.OK, "<html>", "agent-answer")]
    [InlineData(HttpStatusCode.BadGateway, "<html>", "agent-answer")]
    [InlineData(HttpStatusCode.OK, "null", "agent-answer")]
    public async Task An_answer_that_is_not_an_Agents_is_a_sentence_too(HttpStatusCode status, string body, string code)
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "text/html") });

        var exception = await Assert.ThrowsAsync<AgentException>(() => core.Get<AgentClient>().ServerAsync(server, Cancel));

        Assert.Equal(code, exception.Error.Code);
    }

    [Fact]
    public async Task A_server_that_is_switched_off_surely_did_not_get_the_request()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            ConnectCallback = async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return Stream.Null;
            },
        };
        using var silent = new HttpMessageInvoker(handler);
        core.Agent.Before = async (request, stop) => await silent.SendAsync(request, stop);

        var exception = await Assert.ThrowsAsync<AgentException>(() => core.Get<AgentClient>().ServerAsync(server, Cancel));

        Assert.Equal(("agent-unreachable", AgentTrouble.NotSent), (exception.Error.Code, exception.Trouble));
    }

    [Fact]
    public async Task An_Agent_that_is_silent_is_left_after_the_time_limit()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var asked = new TaskCompletionSource();
        core.Agent.Before = async (_, stop) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return null;
        };

        var call = core.Get<AgentClient>().ServerAsync(server, Cancel);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("agent-timeout", (await Assert.ThrowsAsync<AgentException>(() => call)).Error.Code);
    }
}

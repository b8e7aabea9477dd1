using System.Globalization;
using System.Text;
using FrappeHybrid.Agent.Docker;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>A program that a waiting process becomes is the program that an ordinary start would have run.</summary>
[Trait("Category", "Docker")]
public sealed class SpareExecTests : IAsyncLifetime
{
    private readonly string container = string.Create(CultureInfo.InvariantCulture, $"agent-test-{Environment.ProcessId}-spare");
    private readonly DockerConnection connection = new("/var/run/docker.sock", TimeProvider.System);
    private SpareExecs spares = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Shell.RunAsync("docker", "run", "-d", "--init", "--network", "none", "--name", container, "--entrypoint", "sleep", LabImages.Require().Release, "1000");
        spares = new SpareExecs(connection, new DockerExec(connection), TimeProvider.System, NullLogger<SpareExecs>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await spares.DisposeAsync();
        await Shell.TryAsync("docker", "rm", "-f", "-v", container);
        connection.Dispose();
    }

    [Fact]
    public async Task Words_input_output_and_exit_code_are_the_programs_own()
    {
        string[] words = ["plain", "", "two words", "it's \"quoted\" $HOME `id` \\n", "line\nbreak", "NAME=value", "-n", "grün 😀"];
        List<string> answers = [];
        for (var round = 0; round < 2; round++)
        {
            // The first is started the ordinary way, the second one waits.
            Assert.Equal(round == 1, spares.IsReady(container));
            var (code, output, error) = await RunAsync(
                ["sh", "-c", "printf '%s|' \"$@\" \"$MARK\"; cat; echo said >&2; exit 7", "sh", .. words], "secret\nsecond line\n", "MARK=a b=c");
            Assert.Equal((7, "said\n"), (code, error));
            answers.Add(output);
            await UntilReadyAsync();
        }

        Assert.Equal(string.Concat(words.Select(word => word + "|")) + "a b=c|secret\nsecond line\n", answers[0]);
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_says_so()
    {
        await RunAsync(["true"]);
        await UntilReadyAsync();
        Assert.Equal(127, (await RunAsync(["no-such-program"])).Code);
    }

    [Fact]
    public async Task After_a_restart_of_the_container_programs_start_the_ordinary_way()
    {
        await RunAsync(["true"]);
        await UntilReadyAsync();
        await Shell.RunAsync("docker", "restart", "-t", "0", container);
        Assert.Equal((0, "here\n", ""), await RunAsync(["echo", "here"]));
    }

    [Fact]
    public async Task None_waits_once_the_Agent_is_gone()
    {
        await RunAsync(["true"]);
        await UntilReadyAsync();
        while (!(await Shell.RunAsync("docker", "top", container)).Contains("bash", StringComparison.Ordinal))
            Cancel.ThrowIfCancellationRequested();
        await spares.DisposeAsync();
        while ((await Shell.RunAsync("docker", "top", container)).Contains("bash", StringComparison.Ordinal))
            Cancel.ThrowIfCancellationRequested();
        Assert.False(spares.IsReady(container));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string[] command, string input = "", params string[] environment)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        var code = await spares.RunAsync(
            new ExecRequest(container, command) { StandardInput = Encoding.UTF8.GetBytes(input), Environment = environment }, frame => (frame.IsError ? error : output).Write(frame.Bytes.Span), Cancel);
        return (code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    // It is made while nobody waits for it.
    private async Task UntilReadyAsync()
    {
        while (!spares.IsReady(container))
            await Task.Delay(10, Cancel);
    }
}

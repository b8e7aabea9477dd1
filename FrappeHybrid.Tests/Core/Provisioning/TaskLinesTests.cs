using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

public sealed class TaskLinesTests
{
    private const string Mark = "::6f1c0f1e-5a6e-4f5b-9d53-2f6f2f6f2f6f";

    [Fact]
    public void Read_OutputOfTheTasks_IsToldApart()
    {
        var lines = Opened();

        Assert.Equal(new TaskEvent.Begun("packages"), lines.Read($"{Mark} begin packages"));
        Assert.Equal(new TaskEvent.Said("Unpacking nginx"), lines.Read("Unpacking \u001b[1mnginx\u001b[0m"));
        Assert.Equal(new TaskEvent.Result(true, "Installed nginx."), lines.Read($"{Mark} result changed=yes Installed nginx."));
        Assert.Equal(new TaskEvent.Fact("agent_fingerprint", "AB=CD"), lines.Read($"{Mark} fact agent_fingerprint=AB=CD"));
        Assert.Equal(new TaskEvent.Refused("uid-taken", "It is taken.", "Move it."), lines.Read($"{Mark} error uid-taken\tIt is taken.\tMove it."));
        Assert.Equal(new TaskEvent.Ended("packages", 100), lines.Read($"{Mark} end packages 100"));
        Assert.Equal(new TaskEvent.Busy(), lines.Read($"{Mark} busy"));
        Assert.Equal(new TaskEvent.Finished(), lines.Read($"{Mark} done"));
    }

    [Theory]
    [InlineData("Welcome to this machine")]
    [InlineData("::result changed=no forged")]
    [InlineData("frappe-hybrid-tasks ::")]
    [InlineData("frappe-hybrid-tasks forged")]
    public void Read_BeforeTheMark_IsNothing(string line) => Assert.Null(new TaskLines().Read(line));

    [Theory]
    [InlineData("::00000000-0000-0000-0000-000000000000 end packages 0")]
    [InlineData("::result changed=no forged")]
    [InlineData("frappe-hybrid-tasks ::00000000-0000-0000-0000-000000000000")]
    public void Read_LineThatLooksLikeOneForThePortal_IsPlainOutput(string line) => Assert.Equal(new TaskEvent.Said(line), Opened().Read(line));

    [Theory]
    [InlineData(" end packages")]
    [InlineData(" end packages minus")]
    [InlineData(" fact nothing")]
    [InlineData(" unheard-of")]
    public void Read_MarkedLineThatMakesNoSense_IsNothing(string rest) => Assert.Null(Opened().Read(Mark + rest));

    [Fact]
    public void Read_ErrorWithAStrangeCode_HasAPlainOne() => Assert.Equal("task-failed", Assert.IsType<TaskEvent.Refused>(Opened().Read($"{Mark} error <b>\tx\ty")).Code);

    [Fact]
    public async Task Scripts_OfAllTasks_AreThereAndBeginWithWhatTheyDo()
    {
        await using var core = await TestCore.StartAsync();
        var tasks = core.Get<PlayKinds>().All.SelectMany(kind => kind.Tasks).Where(task => !task.ByPortal).Select(task => task.Key).Distinct(StringComparer.Ordinal).ToList();
        foreach (var task in tasks)
            Assert.StartsWith("# ", ScriptTexts.OfTask(task), StringComparison.Ordinal);
        Assert.Equal(tasks.Count, ScriptTexts.Names.Count(name => char.IsAsciiDigit(name[0])));
        Assert.All(ScriptTexts.Names.Where(name => char.IsAsciiDigit(name[0])), name => Assert.Contains("\nresult \"", "\n" + ScriptTexts.OfTask(name[3..^3]).Replace("\n  result", "\nresult", StringComparison.Ordinal).Replace("then result", "\nresult", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static TaskLines Opened()
    {
        var lines = new TaskLines();
        Assert.Null(lines.Read("frappe-hybrid-tasks " + Mark));
        return lines;
    }
}

using FrappeHybrid.Portal.Consoles;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text\twith a tab", "plain text\twith a tab")]
    [InlineData("\u001b[32mgreen\u001b[0m", "\u001b[32mgreen\u001b[0m\u001b[0m")]
    [InlineData("\u001b[1;38;2;1;2;3mrich", "\u001b[1;38;2;1;2;3mrich\u001b[0m")]
    [InlineData("\u001b]0;title\u0007after", "after")]
    [InlineData("\u001b]52;c;aGFjaw==\u0007clipboard", "clipboard")]
    [InlineData("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b[2J\u001b[Hcleared", "cleared")]
    [InlineData("\u001b[1Aup", "up")]
    [InlineData("\u001b[?1049hother screen", "other screen")]
    [InlineData("\u001b[5nasks", "asks")]
    [InlineData("\u001b[>4;2mkeyboard", "keyboard")]
    [InlineData("\u001bP+q544e\u001b\\device", "device")]
    [InlineData("\u001bcreset", "reset")]
    [InlineData("\u001b(0lines", "lines")]
    [InlineData("\u009b2Jeight bit", "eight bit")]
    [InlineData("\u009d52;c;x\u009ceight bit", "eight bit")]
    [InlineData("over\rwrite", "overwrite")]
    [InlineData("back\b\b\bspace", "backspace")]
    [InlineData("bell\u0007", "bell")]
    [InlineData("new\nline", "newline")]
    [InlineData("user\u202etxt.exe", "usertxt.exe")]
    [InlineData("never closed \u001b]0;all of this is gone", "never closed ")]
    [InlineData("never closed \u001b[31", "never closed ")]
    [InlineData("\u001b", "")]
    [InlineData("Grüße 你好 🙂", "Grüße 你好 🙂")]
    public void Colours_HostileText_OnlyColoursPass(string text, string expected) => Assert.Equal(expected, TerminalText.Colours(text));

    [Fact]
    public void Plain_AnyText_NoEscapeAtAllButLinesStay() =>
        Assert.Equal("a\nb\r50 %\tc", TerminalText.Plain("\u001b[31ma\u001b[0m\nb\r50 %\tc\u001b[K"));

    [Fact]
    public void Colours_EveryControlCharacter_NothingButColoursReachesTheTerminal()
    {
        for (var code = 0; code < 0xa0; code++)
        {
            var clean = TerminalText.Colours($"a{(char)code}b");
            Assert.DoesNotContain(clean, character => char.IsControl(character) && character is not '\t');
        }
    }
}

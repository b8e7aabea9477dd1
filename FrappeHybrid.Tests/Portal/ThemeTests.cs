using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>Every pair of colours that is used for text can be read: contrast of at least 4.5 in both themes, computed from the style sheet itself.</summary>
public sealed partial class ThemeTests
{
    private static readonly string Styles = Path.Combine(Repository.Root, "FrappeHybrid.Portal");
    private static readonly Dictionary<string, (string Light, string Dark)> Tokens = ReadTokens();

    public static TheoryData<string, string> TextPairs()
    {
        var pairs = new TheoryData<string, string>();
        string[] grounds = ["background", "surface", "raised", "hover", "accent-wash"];
        foreach (var ground in grounds)
        {
            pairs.Add("text", ground);
            pairs.Add("link", ground);
            pairs.Add("secondary", ground);
        }

        foreach (var ground in new[] { "surface", "raised" })
        {
            foreach (var tone in new[] { "ok", "running", "warn", "fail", "idle" })
                pairs.Add(tone, ground);
        }

        pairs.Add("on-accent", "accent");
        pairs.Add("on-accent", "accent-hover");
        pairs.Add("on-accent", "fail");
        pairs.Add("console-text", "sunken");
        pairs.Add("console-secondary", "sunken");
        return pairs;
    }

    [Theory]
    [MemberData(nameof(TextPairs))]
    public void Contrast_TextPair_CanBeRead(string text, string ground)
    {
        Assert.InRange(Contrast(Tokens[text].Light, Tokens[ground].Light), 4.5, 21);
        Assert.InRange(Contrast(Tokens[text].Dark, Tokens[ground].Dark), 4.5, 21);
    }

    [Fact]
    public void Colours_AllOtherStyleSheets_NameNone()
    {
        var offenders = Directory.EnumerateFiles(Styles, "*.css", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains("/lib/", StringComparison.Ordinal) && !file.EndsWith("tokens.css", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Where(line => Colour().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(offenders);
    }

    private static Dictionary<string, (string Light, string Dark)> ReadTokens()
    {
        var text = File.ReadAllText(Path.Combine(Styles, "wwwroot/css/tokens.css"));
        var tokens = Pair().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["light"].Value, match.Groups["dark"].Value), StringComparer.Ordinal);
        foreach (Match match in Single().Matches(text))
            tokens.TryAdd(match.Groups["name"].Value, (match.Groups["colour"].Value, match.Groups["colour"].Value));
        return tokens;
    }

    private static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var parts = new[] { 1, 3, 5 }.Select(at => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"--(?<name>[a-z-]+): (?<colour>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Single();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", RegexOptions.None, 1000)]
    private static partial Regex Colour();
}

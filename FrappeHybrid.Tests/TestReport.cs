using System.Globalization;
using System.Xml.Linq;

namespace FrappeHybrid.Tests;

/// <summary>What a run of the tests left behind, from the runner's own XML.</summary>
internal sealed class TestReport
{
    private const int MostCharacters = 400;

    private readonly HashSet<string> passed;

    private TestReport(XDocument document)
    {
        var tests = document.Descendants("test").ToLookup(test => Value(test, "result"), StringComparer.Ordinal);
        passed = [.. tests["Pass"].Select(test => Value(test, "name"))];
        Passed = tests["Pass"].Count();
        Failed = [.. tests["Fail"].Select(test => new FailedTest(Value(test, "name"), $"{Value(test, "type")}.{Value(test, "method")}", MessageOf(test)))];
        Errors = document.Descendants("assembly").Sum(assembly => int.Parse(Value(assembly, "errors"), CultureInfo.InvariantCulture));
    }

    public int Passed { get; }

    public IReadOnlyList<FailedTest> Failed { get; }

    /// <summary>Failures outside of a test, e.g. in the end of a fixture.</summary>
    public int Errors { get; }

    public IReadOnlyList<string> FailedMethods => [.. Failed.Select(test => test.Method).Distinct(StringComparer.Ordinal)];

    public static TestReport Read(string path) => new(XDocument.Load(path));

    public bool HasPassed(string name) => passed.Contains(name) && Failed.All(test => test.Name != name);

    private static string Value(XElement element, string name) => element.Attribute(name)?.Value ?? "";

    private static string MessageOf(XElement test)
    {
        var message = (test.Descendants("message").FirstOrDefault()?.Value ?? "").ReplaceLineEndings(" ");
        return message.Length > MostCharacters ? message[..MostCharacters] : message;
    }
}

/// <summary>A test that did not pass.</summary>
/// <param name="Name">With its arguments.</param>
/// <param name="Method">As the runner's -method takes it.</param>
internal sealed record FailedTest(string Name, string Method, string Message);

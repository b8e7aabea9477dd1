namespace FrappeHybrid.Portal.Api;

/// <summary>An endpoint as its page shows it.</summary>
/// <param name="Right">The capability that it asks for.</param>
/// <param name="Body">Members of the JSON body; empty when it has none.</param>
/// <param name="Example">A body to begin with; null when there is none.</param>
/// <param name="TakesFile">The body is a file: nothing for a form.</param>
/// <param name="Answers">What comes back when it works.</param>
public sealed record ApiOperation(
    string Id,
    string Group,
    string Method,
    string Path,
    string Summary,
    string Description,
    string Right,
    IReadOnlyList<ApiField> Parameters,
    IReadOnlyList<ApiField> Body,
    string? Example,
    bool TakesFile,
    IReadOnlyList<ApiAnswerShape> Answers);

/// <summary>A parameter of an endpoint, or a member of a body.</summary>
/// <param name="Place">"path", "query", "header" or "body".</param>
/// <param name="Type">In words, e.g. "uuid".</param>
public sealed record ApiField(string Place, string Name, string Type, bool IsRequired, string Description);

/// <summary>An answer that is a success.</summary>
/// <param name="Members">What is in it; empty when nothing is.</param>
public sealed record ApiAnswerShape(string Status, IReadOnlyList<ApiField> Members);

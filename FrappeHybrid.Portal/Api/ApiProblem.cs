using System.ComponentModel;

namespace FrappeHybrid.Portal.Api;

/// <summary>An answer that is no success: application/problem+json, RFC 9457.</summary>
internal sealed record ApiProblem(
    [property: Description("Names the kind of problem; the same as the code, as a URN.")] string Type,
    [property: Description("The HTTP status in words.")] string Title,
    [property: Description("The HTTP status.")] int Status,
    [property: Description("Stable: programs decide by this, e.g. site-name-taken.")] string Code,
    [property: Description("What is wrong, in a sentence for a person.")] string Detail,
    [property: Description("What to do about it.")] string? Advice = null,
    [property: Description("The raw text behind it, secrets taken out.")] string? Raw = null);

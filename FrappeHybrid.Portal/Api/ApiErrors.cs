using Microsoft.AspNetCore.WebUtilities;

namespace FrappeHybrid.Portal.Api;

/// <summary>The one place where an <see cref="Error"/> of Core becomes a status and problem+json.</summary>
internal static class ApiErrors
{
    public static readonly Error NotWithThisToken = new("forbidden", "This token may not do that.", "Make a token that has the right for it, if you have it yourself.");

    // What can be mended by sending something else. Whatever ends in "-invalid" is one of them, too.
    private static readonly HashSet<string> Unprocessable = new(StringComparer.Ordinal)
    {
        "name-differs", "name-not-confirmed", "app-not-in-release", "app-frappe", "variable-protected", "config-key-protected", "config-value-long", "config-nothing", "site-password-needed", "reason-needed",
    };

    // A portal that brings no Agent is not a server that does not answer.
    private static readonly HashSet<string> NotFar = new(StringComparer.Ordinal) { "agent-program-missing", "agent-lost-job" };

    /// <summary>The status that stands for the error.</summary>
    public static int StatusOf(Error error) => error.Code switch
    {
        "not-found" => StatusCodes.Status404NotFound,
        "forbidden" => StatusCodes.Status403Forbidden,
        "unauthorized" => StatusCodes.Status401Unauthorized,
        "too-many-requests" => StatusCodes.Status429TooManyRequests,
        "request-invalid" or "cursor-invalid" or "filter-invalid" => StatusCodes.Status400BadRequest,
        var code when Unprocessable.Contains(code) || code.EndsWith("-invalid", StringComparison.Ordinal) => StatusCodes.Status422UnprocessableEntity,
        var code when IsFar(code) => code.EndsWith("-timeout", StringComparison.Ordinal) ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status409Conflict,
    };

    public static IResult Of(Error error) => Of(error, StatusOf(error));

    public static IResult Of(Error error, int status) => Results.Json(
        new ApiProblem($"urn:frappe-hybrid:problem:{error.Code}", ReasonPhrases.GetReasonPhrase(status), status, error.Code, error.Message, error.Advice, error.Raw),
        ApiJson.Output,
        "application/problem+json",
        status);

    public static IResult Unauthorized(bool wasShown) => Of(wasShown
        ? new Error("unauthorized", "This token does not work: it was revoked, its time is over, or its owner has no right left for it.", "Make a new one in the portal, under \"API tokens\".")
        : new Error("unauthorized", "This needs a token.", "Make one in the portal, under \"API tokens\", and send it in the header \"Authorization: Bearer fh_...\"."));

    public static IResult TooMany(string what) => Of(new Error("too-many-requests", what, "Wait as long as the header Retry-After says, then go on more slowly."));

    /// <summary>For a status that somebody set and nobody explained.</summary>
    public static IResult OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(Error.NotFound),
        StatusCodes.Status413PayloadTooLarge => Of(new Error("request-too-large", "The request's body is larger than 1 MB.", "Files of backups have an address of their own, which takes any size."), status),
        StatusCodes.Status415UnsupportedMediaType => Of(new Error("request-invalid", "The request's body is not JSON.", "Send \"Content-Type: application/json\"."), status),
        StatusCodes.Status500InternalServerError => Of(new Error("portal-failed", "Something went wrong in the portal; it was written down.", "Look whether it was done before you ask again."), status),
        _ => Of(new Error("request-invalid", $"The request was refused: {ReasonPhrases.GetReasonPhrase(status)}.", "Look at the description of this address."), status),
    };

    private static bool IsFar(string code) =>
        !NotFar.Contains(code) && (code.StartsWith("agent-", StringComparison.Ordinal) || code.StartsWith("ssh-", StringComparison.Ordinal) || code is "command-timeout" or "registry-unreachable");
}

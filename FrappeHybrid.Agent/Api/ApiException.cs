using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Agent.Api;

/// <summary>A request that is answered with a problem.</summary>
internal sealed class ApiException(int status, string code, string title, string? detail = null) : Exception(title)
{
    public AgentProblem Problem { get; } = new(title, status, code, detail);

    public static ApiException NotFound(string title) => new(StatusCodes.Status404NotFound, "not-found", title);

    public static ApiException Invalid(string code, string title, string? detail = null) => new(StatusCodes.Status400BadRequest, code, title, detail);
}

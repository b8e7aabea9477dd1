using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Api;

/// <summary>Makes a problem of whatever goes wrong in a request, unknown routes included.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null or 0 })
                await ApiMessages.AnswerAsync(context, Unanswered(context.Response.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left; there is nobody to answer.
        }
        catch (Exception exception)
        {
            var problem = Describe(exception);
            if (problem.Status == StatusCodes.Status500InternalServerError)
                LogFault(exception, context.Request.Path.Value ?? "");

            if (context.Response.HasStarted)
                context.Abort();
            else
                await ApiMessages.AnswerAsync(context, problem);
        }
    }

    private static AgentProblem Describe(Exception exception) => exception switch
    {
        ApiException refused => refused.Problem,
        BadHttpRequestException bad => new AgentProblem("The request was not accepted.", bad.StatusCode, bad.StatusCode == 413 ? "too-large" : "invalid-request", bad.Message),
        JobFailedException failed => new AgentProblem(
            failed.Error.Message, failed.Error.Code is JobErrorCodes.SiteNotFound or JobErrorCodes.BenchNotFound ? 404 : 503, failed.Error.Code, failed.Error.Advice),
        DockerException { Fault: DockerFault.Unavailable } => new AgentProblem(
            "The Docker engine does not answer.", 503, JobErrorCodes.EngineUnavailable, "Look at `systemctl status docker` on the server."),
        _ => new AgentProblem("The Agent met a fault of its own.", 500, JobErrorCodes.Unexpected, "Its log on the server has the details."),
    };

    private static AgentProblem Unanswered(int status) => status switch
    {
        StatusCodes.Status404NotFound => new AgentProblem("There is no such route.", status, "not-found"),
        StatusCodes.Status405MethodNotAllowed => new AgentProblem("The route does not know this method.", status, "method-not-allowed"),
        _ => new AgentProblem("The request was not accepted.", status, "invalid-request"),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Path} met a fault of ours")]
    private partial void LogFault(Exception exception, string path);
}

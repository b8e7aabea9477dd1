using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Api;

/// <summary>Takes a call that changes something: checks it, stores it as a job, answers 202 with that job.</summary>
internal sealed class JobIntake(JobEngine engine, JobSecrets secrets)
{
    public async Task NewBenchAsync(HttpContext context)
    {
        var key = Key(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), AgentJson.Default.NewBenchRequest);
        if (request.Name is null || request.Image is null || request.RedisImage is null)
            throw Missing("name, image and redisImage");

        if (request.Limits is { } limits && (limits.BackendMegabytes < 256 || limits.WorkerMegabytes < 128 || limits.SmallServiceMegabytes < 64))
            throw ApiException.Invalid("invalid-request", "A limit is too low.", "At least 256 MB for the backend, 128 for a worker, 64 for a small service.");

        var text = JsonSerializer.Serialize(request, AgentJson.Default.NewBenchRequest);
        await SubmitAsync(context, new JobSubmission(key, JobTypes.NewBench, text, Digest(JobTypes.NewBench, text, secret: "")), secret: null);
    }

    public async Task NewSiteAsync(HttpContext context)
    {
        var key = Key(context);
        var bench = ApiMessages.Bench(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), AgentJson.Default.NewSiteRequest);
        if (request.Name is null || request.AdministratorPassword is null || request.Apps is null || request.Apps.Any(app => app is null))
            throw Missing("name, administratorPassword and apps");

        // It goes to bench as a line: a control character could end it and begin another answer.
        if (request.AdministratorPassword.Length is < 8 or > 128 || request.AdministratorPassword.Any(char.IsControl))
            throw ApiException.Invalid("invalid-request", "The administrator's password has 8 to 128 printable characters.");

        var text = JsonSerializer.Serialize(new StoredSiteRequest(bench, request.Name, request.Apps), SiteJson.Default.StoredSiteRequest);
        await SubmitAsync(
            context, new JobSubmission(key, JobTypes.NewSite, text, Digest(JobTypes.NewSite, text, request.AdministratorPassword)), request.AdministratorPassword);
    }

    private async Task SubmitAsync(HttpContext context, JobSubmission submission, string? secret)
    {
        var (acceptance, job) = engine.Submit(submission, secret);
        if (acceptance == Acceptance.KeyReused)
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, "key-reused", "This idempotency key belongs to another request.", "Take a new key for a new request.");
        }

        context.Response.Headers.Location = AgentRoutes.ForJob(submission.Id);
        await ApiMessages.AnswerAsync(context, job!, AgentJson.Default.JobSnapshot, StatusCodes.Status202Accepted);
    }

    /// <summary>Of what the request means, not of its bytes: the same request written with other spaces is the same.</summary>
    private string Digest(JobType type, string request, string secret) => secrets.Digest(type.Key, System.Text.Encoding.UTF8.GetBytes(request + "\n" + secret));

    private static Guid Key(HttpContext context)
    {
        var values = context.Request.Headers[AgentRoutes.IdempotencyKeyHeader];
        return values.Count == 1 && Guid.TryParseExact(values[0], "D", out var key) && key != Guid.Empty
            ? key
            : throw ApiException.Invalid(
                "idempotency-key", $"The header {AgentRoutes.IdempotencyKeyHeader} is missing or is not an id.", "Send the job's id, such as 0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d.");
    }

    private static ApiException Missing(string what) => ApiException.Invalid("invalid-request", $"The request needs {what}.");
}

using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
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

        if (request.Limits is { } limits && !limits.AreValid())
            throw ApiException.Invalid("invalid-request", "A limit does not fit.", BenchLimits.Rule);

        if (!SignIns.AreValid(request.SignIns))
            throw ApiException.Invalid("invalid-request", "A registry's sign-in has a registry, a userName and a password.");

        var stored = JsonSerializer.Serialize(request with { SignIns = null }, AgentJson.Default.NewBenchRequest);
        await SubmitAsync(context, key, JobTypes.NewBench, stored, SignIns.ToSecret(request.SignIns));
    }

    public async Task NewSiteAsync(HttpContext context)
    {
        var key = Key(context);
        var bench = ApiMessages.Bench(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), AgentJson.Default.NewSiteRequest);
        if (request.Name is null || request.AdministratorPassword is null || request.Apps is null || request.Apps.Any(app => app is null))
            throw Missing("name, administratorPassword and apps");

        CheckPassword(request.AdministratorPassword);
        var text = JsonSerializer.Serialize(new StoredSiteRequest(bench, request.Name, request.Apps), SiteJson.Default.StoredSiteRequest);
        await SubmitAsync(context, key, JobTypes.NewSite, text, request.AdministratorPassword);
    }

    /// <summary>It goes to bench as a line: a control character could end it and begin another answer.</summary>
    public static void CheckPassword(string? password)
    {
        if (password is null || password.Length is < 8 or > 128 || password.Any(char.IsControl))
            throw ApiException.Invalid("invalid-request", "The administrator's password has 8 to 128 printable characters.");
    }

    /// <summary>
    /// Stores the job and answers 202 with it, or 409 when the key belongs to another request.
    /// </summary>
    /// <param name="context">The call; its key comes from <see cref="Key"/>, read before anything else.</param>
    /// <param name="key">The job's id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="request">What the job will read again, as JSON, without a secret.</param>
    /// <param name="secret">Kept in a file of its own until the job ends; null when there is none.</param>
    public async Task SubmitAsync(HttpContext context, Guid key, JobType type, string request, string? secret)
    {
        var (acceptance, job) = engine.Submit(new JobSubmission(key, type, request, Digest(type, request, secret ?? "")), secret);
        if (acceptance == Acceptance.KeyReused)
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, "key-reused", "This idempotency key belongs to another request.", "Take a new key for a new request.");
        }

        context.Response.Headers.Location = AgentRoutes.ForJob(key);
        await ApiMessages.AnswerAsync(context, job!, AgentJson.Default.JobSnapshot, StatusCodes.Status202Accepted);
    }

    /// <summary>Of what the request means, not of its bytes: the same request written with other spaces is the same.</summary>
    private string Digest(JobType type, string request, string secret) => secrets.Digest(type.Key, System.Text.Encoding.UTF8.GetBytes(request + "\n" + secret));

    /// <summary>The idempotency key of the call, which becomes the job's id.</summary>
    public static Guid Key(HttpContext context)
    {
        var values = context.Request.Headers[AgentRoutes.IdempotencyKeyHeader];
        return values.Count == 1 && Guid.TryParseExact(values[0], "D", out var key) && key != Guid.Empty
            ? key
            : throw ApiException.Invalid(
                "idempotency-key", $"The header {AgentRoutes.IdempotencyKeyHeader} is missing or is not an id.", "Send the job's id, such as 0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d.");
    }

    public static ApiException Missing(string what) => ApiException.Invalid("invalid-request", $"The request needs {what}.");
}

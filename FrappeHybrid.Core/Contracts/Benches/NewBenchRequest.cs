using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`POST /benches`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Name">Free on this server.</param>
/// <param name="Image">The release's image: all services but Redis run it.</param>
/// <param name="RedisImage">Image of redis-cache and redis-queue.</param>
/// <param name="Limits">Memory for the containers; null for the Agent's own sizing from the server's RAM.</param>
/// <param name="SignIns">For the registries of the two images; null or empty when they are public. Kept in no row, feed or log.</param>
public sealed record NewBenchRequest(
    BenchName Name, ImageReference Image, ImageReference RedisImage, BenchLimits? Limits = null, IReadOnlyList<RegistrySignIn>? SignIns = null);

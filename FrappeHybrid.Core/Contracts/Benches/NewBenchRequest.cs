using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`POST /benches`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Name">Free on this server.</param>
/// <param name="Image">The release's image: all services but Redis run it.</param>
/// <param name="RedisImage">Image of redis-cache and redis-queue.</param>
/// <param name="Limits">Memory for the containers; null for the Agent's own sizing from the server's RAM.</param>
public sealed record NewBenchRequest(BenchName Name, ImageReference Image, ImageReference RedisImage, BenchLimits? Limits = null);

/// <summary>Memory limits of a bench's containers, in MiB.</summary>
/// <param name="BackendMegabytes">backend; at least 256.</param>
/// <param name="WorkerMegabytes">each of queue-short, queue-long and scheduler; at least 128.</param>
/// <param name="SmallServiceMegabytes">each of frontend, websocket and the two Redis; at least 64.</param>
public sealed record BenchLimits(int BackendMegabytes, int WorkerMegabytes, int SmallServiceMegabytes);

/// <summary>Result of "New Bench".</summary>
/// <param name="FrontendPort">Where the frontend listens on the server's 127.0.0.1: 18000 + offset.</param>
/// <param name="ImageDigest">Digest of the image that runs, "sha256:..."; null when the registry gave none.</param>
/// <param name="Apps">What the image holds, from its apps folder.</param>
public sealed record NewBenchResult(int FrontendPort, string? ImageDigest, IReadOnlyList<AppName> Apps);

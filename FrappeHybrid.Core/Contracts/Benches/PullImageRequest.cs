using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`POST /images/pull`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Image">A release's image.</param>
/// <param name="SignIns">For its registry; null or empty when it is public.</param>
public sealed record PullImageRequest(ImageReference Image, IReadOnlyList<RegistrySignIn>? SignIns = null);

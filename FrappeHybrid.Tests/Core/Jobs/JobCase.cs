using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Tests.Core.Jobs;

/// <summary>A job type as a person orders it: what is done in the portal, and what the Agent answers at its end.</summary>
/// <param name="Type">The job type.</param>
/// <param name="OrderAsync">The act; its secrets, if it has any, are <see cref="JobScene.Canary"/>.</param>
/// <param name="Result">The Agent's result; null where the portal reads none.</param>
internal sealed record JobCase(JobType Type, Func<JobScene, Task<Error?>> OrderAsync, Func<JobScene, JsonElement>? Result = null)
{
    public override string ToString() => Type.Key;
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>Sets or removes one environment variable of a bench; its containers are made anew. The portal keeps no value of any.</summary>
public sealed class ChangeBenchEnvironment(BenchOrders orders)
{
    /// <summary>The job's id.</summary>
    /// <param name="name">Of the variable.</param>
    /// <param name="value">Null removes it.</param>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, string name, string? value, CancellationToken cancel)
    {
        name = (name ?? "").Trim();
        return orders.OrderAsync(
            actor,
            benchId,
            BenchJobTypes.ChangeEnvironment,
            BenchPaths.ForEnvironment,
            new BenchEnvironmentRequest(new Dictionary<string, string?> { [name] = value }),
            BenchWorkJson.Default.BenchEnvironmentRequest,
            "change-bench-environment",
            $"{(value is null ? "Removed" : "Set")} the variable {name} of bench",
            WhyNot(name, value),
            cancel);
    }

    private static Error? WhyNot(string name, string? value)
    {
        if (!BenchVariables.IsValid(name, value))
            return new Error("variable-invalid", "This variable does not fit.", BenchVariables.Rule);
        return BenchVariables.IsProtected(name)
            ? new Error("variable-protected", $"{name} belongs to the bench itself: another value would break it.", "Workers and limits have settings of their own; otherwise choose another name.")
            : null;
    }
}

using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>A request's registry sign-ins as a job's secret.</summary>
internal static class SignIns
{
    /// <summary>What is kept beside the request; null when there is nothing to keep.</summary>
    public static string? ToSecret(IReadOnlyList<RegistrySignIn>? signIns) =>
        signIns is { Count: > 0 } ? JsonSerializer.Serialize(signIns, BenchWorkJson.Default.IReadOnlyListRegistrySignIn) : null;

    /// <summary>The job's; no output of it shows a password from here on.</summary>
    public static IReadOnlyList<RegistrySignIn> Of(JobContext job)
    {
        if (job.Secret is not { } secret)
            return [];

        var signIns = JsonSerializer.Deserialize(secret, BenchWorkJson.Default.IReadOnlyListRegistrySignIn) ?? [];
        foreach (var signIn in signIns)
        {
            job.Redactor.Add(signIn.Password);
            job.Redactor.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{signIn.UserName}:{signIn.Password}")));
        }

        return signIns;
    }

    /// <summary>Each of them has what it needs to be one.</summary>
    public static bool AreValid(IReadOnlyList<RegistrySignIn>? signIns) =>
        signIns is null || signIns.All(signIn => signIn is { Registry.Length: > 0 and <= 255, UserName.Length: > 0 and <= 255, Password.Length: > 0 and <= 4096 });
}

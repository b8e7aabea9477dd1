using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Core.Benches;

/// <summary>Something about a bench that a person should know.</summary>
/// <param name="IsSerious">Visitors or background jobs suffer from it now.</param>
/// <param name="What">What is wrong: a sentence.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Restart">The service whose restart mends it, when one does.</param>
/// <param name="Site">The site whose settings mend it, when they do.</param>
public sealed record DoctorFinding(bool IsSerious, string What, string Advice, BenchService? Restart = null, string? Site = null);

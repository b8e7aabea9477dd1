namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>User and password at an image registry. Travels with the request that needs it and is kept nowhere on the server but in the job's secret file.</summary>
/// <param name="Registry">Host and port as images name it, e.g. "registry.example.com:5000"; "docker.io" for the engine's default registry.</param>
/// <param name="UserName">Its user.</param>
/// <param name="Password">Its password or token.</param>
public sealed record RegistrySignIn(string Registry, string UserName, string Password)
{
    /// <summary>What stands for the registry of images that name none.</summary>
    public const string DefaultRegistry = "docker.io";
}

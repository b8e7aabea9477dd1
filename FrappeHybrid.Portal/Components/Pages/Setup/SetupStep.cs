using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Portal.Components.Pages.Setup;

/// <summary>
/// The wizard's steps. The host key comes before the access: neither key nor password is shown to a machine whose identity has not been confirmed.
/// The numbers are what SaveDraftStep stores.
/// </summary>
public enum SetupStep
{
    Address = 1,
    HostKey = 2,
    Access = 3,
    Preflight = 4,
    Review = 5,
    SetUp = 6,
}

/// <summary>Names, and which step is done: read from the server itself, so that changing an earlier answer opens the later ones again.</summary>
public static class SetupSteps
{
    public static IReadOnlyList<SetupStep> All { get; } = Enum.GetValues<SetupStep>();

    public static string Title(this SetupStep step) => step switch
    {
        SetupStep.Address => "Name and address",
        SetupStep.HostKey => "Host key",
        SetupStep.Access => "Access",
        SetupStep.Preflight => "Pre-flight",
        SetupStep.Review => "Review",
        SetupStep.SetUp => "Set up",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step."),
    };

    /// <summary>As in the address: ?step=host-key.</summary>
    public static string Key(this SetupStep step) => step switch
    {
        SetupStep.Address => "address",
        SetupStep.HostKey => "host-key",
        SetupStep.Access => "access",
        SetupStep.Preflight => "pre-flight",
        SetupStep.Review => "review",
        SetupStep.SetUp => "set-up",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step."),
    };

    public static SetupStep? Find(string? key)
    {
        foreach (var step in All)
        {
            if (step.Key() == key)
                return step;
        }

        return null;
    }

    public static bool IsDone(this SetupStep step, ServerView server, PreflightReport? report) => step switch
    {
        SetupStep.Address => server.Address.Length > 0,
        SetupStep.HostKey => server.HostKeyFingerprint is not null,
        SetupStep.Access => server.HostKeyFingerprint is not null && server.KeyAccepted,
        SetupStep.Preflight => server.KeyAccepted && report is { MaySetUp: true },
        SetupStep.Review => server.State is not ServerState.Draft,
        SetupStep.SetUp => server.State is ServerState.Active or ServerState.Unreachable,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step."),
    };

    /// <summary>A step opens when all before it are done.</summary>
    public static bool IsOpen(this SetupStep step, ServerView server, PreflightReport? report) =>
        All.Where(earlier => earlier < step && (earlier is not SetupStep.Review || step is SetupStep.SetUp)).All(earlier => earlier.IsDone(server, report));
}

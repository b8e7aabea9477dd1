namespace FrappeHybrid.Core.Releases;

/// <summary>Why a registry gave no answer that helps.</summary>
public enum RegistryTrouble
{
    /// <summary>It has no such image or tag.</summary>
    Missing,

    /// <summary>It refused the sign-in, or wants one.</summary>
    Refused,

    /// <summary>The portal cannot reach it; a server perhaps can.</summary>
    Unreachable,
}

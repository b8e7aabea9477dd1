namespace FrappeHybrid.Core.Runs;

/// <summary>What kind of run.</summary>
public enum RunKind
{
    /// <summary>Over SSH.</summary>
    Play,

    /// <summary>On the Agent.</summary>
    Job,
}

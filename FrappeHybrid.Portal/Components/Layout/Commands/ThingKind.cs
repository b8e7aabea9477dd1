namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What a command is about.</summary>
public enum ThingKind
{
    /// <summary>The portal or the desktop as a whole.</summary>
    Nothing,

    Server,

    Bench,

    Site,

    Job,
}

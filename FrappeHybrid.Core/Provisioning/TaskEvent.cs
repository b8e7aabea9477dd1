namespace FrappeHybrid.Core.Provisioning;

/// <summary>What a line of a play's output says.</summary>
internal abstract record TaskEvent
{
    /// <summary>A task begins.</summary>
    public sealed record Begun(string Key) : TaskEvent;

    /// <summary>A line of its output, cleaned.</summary>
    public sealed record Said(string Line) : TaskEvent;

    /// <summary>Its result line.</summary>
    public sealed record Result(bool Changed, string Summary) : TaskEvent;

    /// <summary>Something for the portal to know.</summary>
    public sealed record Fact(string Name, string Value) : TaskEvent;

    /// <summary>The task itself says why it cannot go on.</summary>
    public sealed record Refused(string Code, string Message, string Advice) : TaskEvent;

    /// <summary>A task has ended.</summary>
    public sealed record Ended(string Key, int Status) : TaskEvent;

    /// <summary>An earlier play keeps the server busy.</summary>
    public sealed record Busy : TaskEvent;

    /// <summary>Nothing more comes.</summary>
    public sealed record Finished : TaskEvent;
}

namespace FrappeHybrid.Agent.Settings;

/// <summary>The Agent cannot start with its settings file; the message says why, for the person at the console.</summary>
internal sealed class AgentSettingsException : Exception
{
    public AgentSettingsException(string message)
        : base(message)
    {
    }

    public AgentSettingsException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

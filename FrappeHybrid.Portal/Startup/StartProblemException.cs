namespace FrappeHybrid.Portal.Startup;

/// <summary>Why the portal cannot start, in a sentence that says what to change.</summary>
public sealed class StartProblemException(string message) : Exception(message);

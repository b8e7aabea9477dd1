namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/admin-password`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
/// <param name="Password">8 to 128 printable characters; goes to `bench` on standard input and is kept in no row, feed or log.</param>
/// <param name="LogOutAllSessions">Ends the sessions in which somebody is signed in as Administrator.</param>
public sealed record SetAdministratorPasswordRequest(string Password, bool LogOutAllSessions)
{
    // A record prints all its members: the password must not get into a log that way.
    /// <inheritdoc/>
    public override string ToString() => $"SetAdministratorPasswordRequest {{ Password = [hidden], LogOutAllSessions = {LogOutAllSessions} }}";
}

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>
/// `POST /benches/{bench}/sites/{site}/sid`: a session of the site's Administrator, made at once. Answered over the pinned channel only, kept nowhere.
/// </summary>
/// <param name="Sid">The session's id: whoever has it is Administrator of the site until the session ends.</param>
public sealed record SignInAnswer(string Sid)
{
    // A record prints all its members.
    /// <inheritdoc/>
    public override string ToString() => "SignInAnswer { Sid = [hidden] }";
}

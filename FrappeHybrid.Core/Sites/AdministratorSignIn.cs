namespace FrappeHybrid.Core.Sites;

/// <summary>What the person's browser posts to a site to be its Administrator. For that one answer only: it goes into no row, log or address.</summary>
/// <param name="Address">The site's sign-in page, which takes the session and sends the browser on.</param>
/// <param name="Sid">The session's id.</param>
public sealed record AdministratorSignIn(Uri Address, string Sid)
{
    // A record prints all its members.
    /// <inheritdoc/>
    public override string ToString() => $"AdministratorSignIn {{ Address = {Address}, Sid = [hidden] }}";
}

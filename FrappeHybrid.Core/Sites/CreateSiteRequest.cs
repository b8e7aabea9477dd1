using System.Text;

namespace FrappeHybrid.Core.Sites;

/// <summary>What <see cref="CreateSite"/> is asked for.</summary>
/// <param name="BenchId">In which bench.</param>
/// <param name="Name">The site's name, which is its first domain.</param>
/// <param name="AdministratorPassword">Passed on once, kept only encrypted until the Agent has the job.</param>
/// <param name="Apps">Apps to install beside frappe, in order.</param>
public sealed record CreateSiteRequest(Guid BenchId, string Name, string AdministratorPassword, IReadOnlyList<string> Apps)
{
    // A record prints all its members: the password must not get into a log that way.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(null, $"BenchId = {BenchId}, Name = {Name}");
        return true;
    }
}

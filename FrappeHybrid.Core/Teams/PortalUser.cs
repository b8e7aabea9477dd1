using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Core.Teams;

/// <summary>Somebody who signs in. The user name is the e-mail address.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Staff of the hosting company or not.</summary>
    public StaffRole Staff { get; set; }
}

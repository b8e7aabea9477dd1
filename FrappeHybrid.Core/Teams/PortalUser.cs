using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Core.Teams;

/// <summary>Somebody who signs in. The user name is the e-mail address.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 80;

    /// <summary>Staff of the hosting company or not.</summary>
    public StaffRole Staff { get; set; }

    /// <summary>The team that lists show to who has several; null for all of them. It gives no right and takes none.</summary>
    public Guid? CurrentTeamId { get; set; }

    /// <summary>Since when nobody signs in with it any more; null as long as it is open.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>How the person is called, at most <see cref="LongestName"/> characters; null: by the address.</summary>
    public string? Name { get; set; }

    /// <summary>The secret of the authenticator app, encrypted at rest (purpose "authenticator"); it counts once TwoFactorEnabled is true.</summary>
    public string? AuthenticatorKeyProtected { get; set; }

    /// <summary>The time step of the code that was used last: neither it nor an earlier one is taken again.</summary>
    public long? LastCodeStep { get; set; }
}

namespace FrappeHybrid.Core.Releases;

/// <summary>The portal's sign-in at an image registry. The password is entered once, never shown again, and goes to a server only with the pull that needs it.</summary>
public sealed class ImageRegistry
{
    /// <summary>Purpose under which passwords are encrypted.</summary>
    public const string PasswordPurpose = "registry-password";

    public required Guid Id { get; init; }

    /// <summary>As images name it: "registry.example.com:5000", or "docker.io".</summary>
    public required string Host { get; init; }

    public required string UserName { get; set; }

    /// <summary>Encrypted under <see cref="PasswordPurpose"/>.</summary>
    public required string PasswordProtected { get; set; }

    /// <summary>When the registry last accepted it.</summary>
    public required DateTimeOffset AcceptedAt { get; set; }
}

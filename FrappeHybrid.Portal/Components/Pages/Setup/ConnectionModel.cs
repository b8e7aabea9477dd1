using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Portal.Components.Pages.Setup;

/// <summary>What the first step asks for, while it is typed; Core checks it.</summary>
public sealed class ConnectionModel
{
    public Guid TeamId { get; set; }

    public string Name { get; set; } = "";

    public string Address { get; set; } = "";

    public int SshPort { get; set; } = 22;

    public string SshUser { get; set; } = "root";

    public string Domain { get; set; } = "";

    public bool IsComplete => !string.IsNullOrWhiteSpace(Name) && !string.IsNullOrWhiteSpace(Address) && !string.IsNullOrWhiteSpace(SshUser);

    public static ConnectionModel Of(ServerView server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new() { TeamId = server.TeamId, Name = server.Name, Address = server.Address, SshPort = server.SshPort, SshUser = server.SshUser, Domain = server.Domain };
    }

    public ServerConnection ToConnection() => new(Name.Trim(), Address.Trim(), SshPort, SshUser.Trim(), Domain.Trim());
}

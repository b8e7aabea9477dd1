namespace FrappeHybrid.Core.Servers;

/// <summary>The way to a server's Agent: HTTPS with pinned certificates on both sides.</summary>
public interface IAgentConnection
{
    /// <summary>A client whose base address is the server's Agent; it never times out by itself and is not disposed by the caller.</summary>
    HttpClient For(Server server);
}

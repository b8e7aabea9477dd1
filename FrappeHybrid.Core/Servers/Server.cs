using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Servers;

/// <summary>A customer's machine; both application and database server.</summary>
public sealed class Server : ITeamOwned
{
    private static readonly Dictionary<ServerState, ServerState[]> Moves = new()
    {
        [ServerState.Draft] = [ServerState.Installing],
        [ServerState.Installing] = [ServerState.Active, ServerState.Broken],
        [ServerState.Broken] = [ServerState.Installing, ServerState.Maintenance, ServerState.Archived],
        [ServerState.Active] = [ServerState.Unreachable, ServerState.Installing, ServerState.Maintenance, ServerState.Archived],
        [ServerState.Unreachable] = [ServerState.Active, ServerState.Installing, ServerState.Maintenance, ServerState.Archived],
        [ServerState.Maintenance] = [ServerState.Active, ServerState.Unreachable, ServerState.Broken, ServerState.Archived],
        [ServerState.Archived] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, Id);

    /// <summary>What its owner calls it; 1 to 60 characters, unique in the team.</summary>
    public required string Name { get; set; }

    /// <summary>Host name or IP address at which the portal reaches it.</summary>
    public string Address { get; set; } = "";

    public int SshPort { get; set; } = 22;

    /// <summary>root, or a user that may use sudo without a password.</summary>
    public string SshUser { get; set; } = "root";

    /// <summary>The domain under which its sites will be; its DNS record should point here. Empty when not given.</summary>
    public string Domain { get; set; } = "";

    public ServerState State { get; private set; } = ServerState.Draft;

    /// <summary>Why it is in this state, for a person; null when there is nothing to say.</summary>
    public string? StateReason { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last step of the wizard that its owner has finished (see the wizard's steps); only for drafts.</summary>
    public int DraftStep { get; set; }

    /// <summary>The portal's public key for this server, one line as in authorized_keys.</summary>
    public required string SshPublicKey { get; init; }

    /// <summary>The private key, encrypted at rest (purpose "server-ssh-key").</summary>
    public required string SshPrivateKeyProtected { get; init; }

    /// <summary>The confirmed host key as "type base64", as in known_hosts without the name; null until it is confirmed.</summary>
    public string? HostKey { get; set; }

    /// <summary>Its fingerprint "SHA256:...", as the owner confirmed it.</summary>
    public string? HostKeyFingerprint { get; set; }

    /// <summary>The key has been accepted by the server at least once.</summary>
    public bool KeyAccepted { get; set; }

    /// <summary>SHA-256 of the Agent's certificate (hex, upper case), read over SSH.</summary>
    public string? AgentFingerprint { get; set; }

    public string? AgentVersion { get; set; }

    /// <summary>SHA-256 (hex, lower case) of the program that the Agent runs; null until it told it.</summary>
    public string? AgentProgram { get; set; }

    /// <summary>The facts of the last look as JSON of <see cref="Contracts.Servers.ServerInfo"/>; null until the Agent told them.</summary>
    public string? FactsJson { get; set; }

    /// <summary>When the Agent was last heard (feed or heartbeat), stored at most once a minute.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Since when it has not answered; null while it does.</summary>
    public DateTimeOffset? AwaySince { get; set; }

    /// <summary>People were told that it does not answer, so that they are told when it does again.</summary>
    public bool IsAwayTold { get; set; }

    /// <summary>Epoch of the Agent's feed that <see cref="FeedNumber"/> counts in.</summary>
    public Guid? FeedEpoch { get; set; }

    /// <summary>Number of the last feed event that was applied, in the same transaction as its effects.</summary>
    public long FeedNumber { get; set; }

    /// <summary>Whether the state may become that.</summary>
    public bool CanBecome(ServerState next) => Moves[State].Contains(next);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(ServerState next, string? reason)
    {
        if (next != State && !CanBecome(next))
            throw new InvalidOperationException($"A server that is {State} cannot become {next}.");
        State = next;
        StateReason = reason;
    }
}

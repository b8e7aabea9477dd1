using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>"Take server out": removes what the portal put onto the server, and leaves what is the customer's: sites' folders, databases, backups, archives.</summary>
internal sealed class TakeOutKind(ServerDrain drain, TimeProvider time) : PlayKind
{
    /// <summary>Its key.</summary>
    public const string Name = "take-out-server";

    /// <summary>Fact of a play: "keep" or "stop", what becomes of the benches' containers.</summary>
    public const string BenchesFact = "benches";

    public override string Key => Name;

    public override string Title => "Take server out";

    public override IReadOnlyList<PlayTaskType> Tasks { get; } =
    [
        ServerDrain.Task,
        new("leave-agent", "Remove the Agent"),
        new("leave-benches", "Containers of benches"),
        new("leave-nginx", "Remove our part of the web server"),
        new("leave-sudoers", "Remove what the Agent might do as root"),
        new("leave-registry", "Sign out from the image registry"),
        new("leave-access", "Remove the portal's key"),
    ];

    public override bool ClosesTheDoor => true;

    public override IReadOnlyList<(string Name, string Value)> Values(string key, PlayRecorder recorder, string agentStateFile) => key switch
    {
        "leave-agent" => [("AGENT_UNIT", ServerLayout.AgentUnit), ("AGENT_FOLDER", ServerLayout.AgentFolder), ("FRAPPE_USER", ServerLayout.User)],
        "leave-benches" => [("BENCHES", recorder.Play.Facts.GetValueOrDefault(BenchesFact, "keep")), ("SERVICE_LABEL", ServerLayout.ServiceLabel)],
        "leave-nginx" => [("BENCHES_FOLDER", ServerLayout.BenchesFolder)],
        "leave-registry" => [("DOCKER_CONFIG_FILE", ServerLayout.DockerConfig)],
        "leave-access" => [("PUBLIC_KEY", recorder.Server.SshPublicKey.Trim()), ("SSH_USER", recorder.Server.SshUser)],
        _ => [],
    };

    public override Task<Error?> RunAsync(string key, PlayRecorder recorder, CancellationToken cancel) => drain.RunAsync(recorder, cancel);

    public override async Task EndAsync(PortalDb db, PlayRecorder recorder, Error? error, CancellationToken cancel)
    {
        // After a failure the server is neither in nor out: the reason says so, and both ways on stay open.
        if (error is null)
            await ServerArchive.ArchiveAsync(db, recorder.Server, "The server was taken out.", time.GetUtcNow(), cancel);
        else
            recorder.Server.Become(Servers.ServerState.Broken, $"Taking it out stopped half-way: {error.Message}");
    }
}

using System.ComponentModel;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Portal.Api;

/// <summary>A server as programs see it.</summary>
internal sealed record ServerModel(
    Guid Id,
    Guid TeamId,
    string TeamName,
    string Name,
    string Address,
    int SshPort,
    string SshUser,
    [property: Description("The domain of its sites; empty when none was given.")] string Domain,
    ServerState State,
    string? StateReason,
    DateTimeOffset CreatedAt,
    [property: Description("The portal's key for this server: it goes into authorized_keys there.")] string SshPublicKey,
    [property: Description("Of the confirmed host key; null until it is confirmed.")] string? HostKeyFingerprint,
    bool KeyAccepted,
    string? AgentVersion,
    [property: Description("What the Agent last said of the machine.")] ServerInfo? Facts,
    DateTimeOffset? LastSeenAt,
    int Benches,
    int Sites)
{
    public static ServerModel Of(ServerView server) => new(
        server.Id, server.TeamId, server.TeamName, server.Name, server.Address, server.SshPort, server.SshUser, server.Domain, server.State, server.StateReason, server.CreatedAt,
        server.SshPublicKey, server.HostKeyFingerprint, server.KeyAccepted, server.AgentVersion, server.Facts, server.LastSeenAt, server.Benches, server.Sites);
}

internal sealed record NewServerBody(Guid TeamId, [property: Description("1 to 80 characters, unique in the team.")] string Name);

internal sealed record ConnectionBody(
    string Name,
    [property: Description("DNS name, IPv4 or IPv6 address.")] string Address,
    [property: Description("root, or a user that may use sudo without a password.")] string SshUser,
    int SshPort = 22,
    [property: Description("The domain of its sites; may be empty.")] string Domain = "");

internal sealed record HostKeyBody([property: Description("SHA256:..., as the server's own console shows it.")] string Fingerprint);

internal sealed record ServerPasswordBody([property: Description("Of the SSH user; used this once and stored nowhere.")] string Password);

internal sealed record PreflightBody([property: Description("The key of one check that is to run again; all of them without it.")] string? Check = null);

internal sealed record TakeOutBody(
    [property: Description("The server's name, so that nobody takes out another one.")] string ConfirmedName,
    [property: Description("Stops the containers of benches; otherwise they go on.")] bool StopBenches = false);

internal sealed record ConfirmServerBody([property: Description("The server's name, so that nobody forgets another one.")] string ConfirmedName);

internal sealed record CleanUpBody(
    [property: Description("Of the plan that was looked at: that one is done, or none.")] string Digest,
    [property: Description("As it was in the plan's address.")] int? ArchivedDays = null,
    [property: Description("As it was in the plan's address.")] int JobDays = 90);

internal sealed record PreflightModel(
    DateTimeOffset StartedAt,
    [property: Description("Null while it runs.")] DateTimeOffset? FinishedAt,
    [property: Description("Finished and nothing failed: the set-up may start.")] bool MaySetUp,
    IReadOnlyList<PreflightRowModel> Checks)
{
    public static PreflightModel Of(PreflightReport report) => new(
        report.StartedAt, report.FinishedAt, report.MaySetUp, [.. report.Rows.OrderBy(row => row.Number).Select(row => new PreflightRowModel(row.Key, row.Title, row.Verdict, row.Found, row.Advice))]);
}

internal sealed record PreflightRowModel(string Key, string Title, PreflightVerdict Verdict, string? Found, string? Advice);

internal sealed record CountModel([property: Description("How many servers it will be, one after the other.")] int Servers);

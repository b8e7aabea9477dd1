namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>
/// Every address of the portal that is no page, with whether it writes and for what it asks; pages say it themselves by their policy. An address that is not here fails
/// the walk. "-" asks for a place of its own choice: its policy is all that can be asked at the door.
/// </summary>
internal static class EndpointTable
{
    private static readonly string[] Rows =
    [
        "GET /jobs/{id:guid}/support-bundle : View job",
        "GET /backups/download/{token} : ManageSites -",
        "PUT /sites/{id:guid}/uploads/{upload:guid}/{kind} : ManageSites site",
        "POST /sites/{id:guid}/sign-in : ManageSites site",
        "GET /portal/backup/download/{name} : OperatePortal -",
        "GET /activity/export : ViewActivity -",
        "GET /servers/{id:guid}/consoles/{source}/text : WatchConsoles server",
        "* /hubs/console/negotiate : WatchConsoles -",
        "* /hubs/console : WatchConsoles -",
        "* /hubs/terminal/negotiate : OpenTerminals -",
        "* /hubs/terminal : OpenTerminals -",
        "GET /terminals/{id:guid}/recording : ViewActivity terminal",
    ];

    /// <summary>Capability and thing by method and address.</summary>
    public static IReadOnlyDictionary<string, (string Capability, string Thing)> All { get; } = Rows
        .Select(row => row.Split(" : "))
        .ToDictionary(parts => parts[0], parts => (parts[1].Split(' ')[0], parts[1].Split(' ')[1]), StringComparer.Ordinal);
}

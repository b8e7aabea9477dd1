using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Tests.Agent;

/// <summary>A server's folders in a temporary place.</summary>
internal sealed class TemporaryRoot : IDisposable
{
    public TemporaryRoot()
    {
        Folder = Directory.CreateTempSubdirectory("agent-test-").FullName;
        Paths = new AgentPaths(Folder);
    }

    public string Folder { get; }

    public AgentPaths Paths { get; }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}

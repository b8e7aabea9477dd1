using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Restores and updates: as long as all the others together, so that they have a server of their own beside.</summary>
[CollectionDefinition(Name)]
public sealed class SecondAgentServerTests : ICollectionFixture<AgentServerFixture>
{
    public const string Name = "Restores and updates on a real engine";
}

using FrappeHybrid.Tests;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.Agent.Kills;
using FrappeHybrid.Tests.Lab;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace FrappeHybrid.Tests;

/// <summary>What takes minutes begins first, so that the rest fills the gaps and no processor waits for one long class at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [typeof(OddKillTests).FullName!, typeof(EvenKillTests).FullName!, LabCollection.Name, SecondAgentServerTests.Name, AgentServerTests.Name];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    // A class without a collection has one that is named after it: "Test collection for Name (id: ...)".
    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Longest, name => collection.TestCollectionDisplayName == name || collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}

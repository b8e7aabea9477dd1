using Xunit;

namespace FrappeHybrid.Tests.Lab;

/// <summary>Tests that run a whole server: one after the other, because two at once would only wait for each other's processors.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // it is a collection of tests
public sealed class LabCollection
#pragma warning restore CA1711
{
    public const string Name = "Lab servers";
}

using System.Reflection;
using FrappeHybrid.Core;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Architecture;

/// <summary>Who may know whom. See "Arrows" in the design.</summary>
public sealed class ArrowTests
{
    private static readonly Assembly Core = typeof(CoreServices).Assembly;
    private static readonly Assembly Agent = Assembly.Load("frappe-hybrid-agent");
    private static readonly Assembly Portal = Assembly.Load("FrappeHybrid.Portal");

    [Fact]
    public void Core_knows_nothing_of_ours() => Assert.DoesNotContain(Core.GetReferencedAssemblies(), IsOurs);

    [Fact]
    public void Portal_and_Agent_never_see_each_other()
    {
        Assert.DoesNotContain(Portal.GetReferencedAssemblies(), name => name.Name == Agent.GetName().Name);
        Assert.DoesNotContain(Agent.GetReferencedAssemblies(), name => name.Name == "FrappeHybrid.Portal");
    }

    [Fact]
    public void The_Agent_knows_only_the_contracts_of_Core() =>
        AssertNone(Agent.GetTypes(), used => used.Assembly == Core && !IsContract(used));

    [Fact]
    public void The_contracts_know_nothing_else_of_Core() =>
        AssertNone(Core.GetTypes().Where(IsContract), used => used.Assembly == Core && !IsContract(used) && used.Namespace?.StartsWith("FrappeHybrid.Core", StringComparison.Ordinal) == true);

    [Fact]
    public void No_page_holds_a_database_or_starts_a_process() =>
        AssertNone(
            Portal.GetTypes().Where(type => Root(type).Namespace?.StartsWith("FrappeHybrid.Portal.Components", StringComparison.Ordinal) == true),
            used => typeof(DbContext).IsAssignableFrom(used) || used == typeof(System.Diagnostics.Process) || (used.IsGenericType && used.GetGenericTypeDefinition() == typeof(IDbContextFactory<>)));

    [Fact]
    public void The_look_itself_sees_what_code_touches()
    {
        var used = Core.GetTypes().Where(type => Root(type) == typeof(FrappeHybrid.Core.Benches.CreateBench)).SelectMany(TypeUse.Of).ToHashSet();

        Assert.Contains(typeof(FrappeHybrid.Core.Data.PortalDb), used);
        Assert.Contains(typeof(FrappeHybrid.Core.Activity.ActivityEntry), used);
    }

    private static bool IsOurs(AssemblyName name) => name.Name!.StartsWith("FrappeHybrid", StringComparison.Ordinal);

    private static bool IsContract(Type type) => Root(type).Namespace is { } name && (name == "FrappeHybrid.Core.Contracts" || name.StartsWith("FrappeHybrid.Core.Contracts.", StringComparison.Ordinal));

    private static Type Root(Type type) => type.DeclaringType is { } outer ? Root(outer) : type;

    private static void AssertNone(IEnumerable<Type> types, Func<Type, bool> forbidden)
    {
        var found = types.SelectMany(type => TypeUse.Of(type).Where(forbidden).Select(used => $"{type.FullName} uses {used.FullName}")).Distinct().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}

using System.Reflection;
using FrappeHybrid.Core;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>Every act that there is, found by its shape: asked by somebody who may not, it says so and changes nothing.</summary>
public sealed class ActPermissionTests
{
    public static TheoryData<Type> Acts => [.. AllActs()];

    [Fact]
    public void There_are_acts() => Assert.True(AllActs().Count() >= 8);

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Strangers_learn_nothing_and_those_who_only_look_change_nothing(Type act)
    {
        await using var core = await TestCore.StartAsync();
        var things = await ThingsAsync(core);
        var before = Dump(core);
        (string Who, Actor Actor, string[] Codes)[] actors =
        [
            ("a stranger", TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), ["not-found"]),
            ("a viewer", TestCore.ActorOf(core.Team.Id, TeamRole.Viewer), ["forbidden", "not-found"]),
            ("support", TestCore.StaffOf(StaffRole.Support), ["forbidden", "not-found"]),
        ];

        foreach (var (who, actor, codes) in actors)
        {
            var error = await AskAsync(core, act, actor, things);
            Assert.True(error is not null && codes.Contains(error.Code), $"{act.Name} answered {who}: {error?.Code ?? "done"}");
            Assert.Equal(before, Dump(core));
        }
    }

    private static IEnumerable<Type> AllActs() => typeof(CoreServices).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && Run(type) is not null)
        .OrderBy(type => type.FullName);

    private static MethodInfo? Run(Type type) => type.GetMethods().FirstOrDefault(method => method.Name == "RunAsync" && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor));

    private static async Task<Dictionary<string, Guid>> ThingsAsync(TestCore core)
    {
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        var site = await core.AddSiteAsync(bench);
        var (_, job) = await core.OrderBenchAsync(server, "second");
        return new()
        {
            ["team"] = core.Team.Id,
            ["server"] = server.Id,
            ["bench"] = bench.Id,
            ["site"] = site.Id,
            ["job"] = job,
            ["release"] = core.Release.Id,
        };
    }

    private static async Task<Error?> AskAsync(TestCore core, Type act, Actor actor, Dictionary<string, Guid> things)
    {
        var run = Run(act)!;
        var arguments = run.GetParameters().Select(parameter => parameter.ParameterType == typeof(Actor) ? actor : Make(parameter.Name!, parameter.ParameterType, things)).ToArray();
        var task = (Task)run.Invoke(core.Get(act), arguments)!;
        await task.WaitAsync(TimeSpan.FromSeconds(20), TestCore.Cancel);
        var result = task.GetType().GetProperty("Result")!.GetValue(task)!;
        return (Error?)result.GetType().GetProperty("Error")!.GetValue(result);
    }

    private static object? Make(string name, Type type, Dictionary<string, Guid> things)
    {
        if (type == typeof(CancellationToken))
            return TestCore.Cancel;
        if (type == typeof(Guid))
            return things.FirstOrDefault(thing => name.StartsWith(thing.Key, StringComparison.OrdinalIgnoreCase)).Value;
        if (type == typeof(string))
            return name.Contains("password", StringComparison.OrdinalIgnoreCase) ? "Correct-horse-7" : "third";
        if (type == typeof(int))
            return 22;
        if (type == typeof(IReadOnlyList<string>))
            return Array.Empty<string>();
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).FirstOrDefault();
        return constructor?.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.Name!, parameter.ParameterType, things))]);
    }

    // All rows of all tables, read past the model.
    private static string Dump(TestCore core)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(core.Folder, "portal.db")};Pooling=False");
        connection.Open();
        return string.Join('\n', Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
            .SelectMany(table => Read(connection, $"SELECT * FROM \"{table}\"").Prepend($"== {table}")));
    }

    private static List<string> Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        return rows;
    }
}

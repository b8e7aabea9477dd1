using System.Reflection;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>Calls anything of Core that takes an actor, with arguments made up from the names of its parameters.</summary>
internal static class ActCall
{
    /// <summary>The act's own method; null when the type is no act.</summary>
    public static MethodInfo? RunOf(Type type) => type.GetMethods().FirstOrDefault(method => method.Name == "RunAsync" && TakesActor(method));

    /// <summary>Whether somebody must act to call it.</summary>
    public static bool TakesActor(MethodInfo method) => !method.IsStatic && !method.IsGenericMethod && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor);

    /// <summary>What it answered: the value of the task.</summary>
    public static async Task<object?> CallAsync(object target, MethodInfo method, Actor actor, IReadOnlyDictionary<string, Guid> things)
    {
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(Actor) ? actor : Make(method.DeclaringType!, parameter.Name!, parameter.ParameterType, things)).ToArray();
        var answer = method.Invoke(target, arguments);
        if (answer is IAsyncEnumerable<object> stream)
            return await stream.ToListAsync(TestCore.Cancel);
        if (answer is not Task task)
            return answer;
        await task.WaitAsync(TimeSpan.FromMinutes(2), TestCore.Cancel);
        return task.GetType().GetProperty("Result")!.GetValue(task);
    }

    /// <summary>What a reader of the answer sees: the value of a result, or its error.</summary>
    public static object? ValueOf(object? answer) =>
        answer?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Result<>) ? ErrorOf(answer) ?? type.GetProperty("Value")!.GetValue(answer) : answer;

    /// <summary>Why an act was not done; null when it was.</summary>
    public static Error? ErrorOf(object? result) => (Error?)result!.GetType().GetProperty("Error")!.GetValue(result);

    private static object? Make(Type about, string name, Type type, IReadOnlyDictionary<string, Guid> things)
    {
        if (type == typeof(CancellationToken))
            return TestCore.Cancel;
        if (type == typeof(Guid) || type == typeof(Guid?))
            return things.TryGetValue(ThingOf(about, name), out var id) ? id : type == typeof(Guid) ? Guid.Empty : null;
        if (type == typeof(string))
            return name.Contains("password", StringComparison.OrdinalIgnoreCase) ? "Correct-horse-7" : name is "app" ? "erpnext" : name.Contains("domain", StringComparison.OrdinalIgnoreCase) ? "new.example.com" : "third";
        if (type == typeof(int))
            return 22;
        if (type == typeof(ConsoleSource))
            return ConsoleSource.Agent;
        if (type == typeof(Stream))
            return new MemoryStream();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()));
        if (type.IsValueType)
            return Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).FirstOrDefault();
        if (constructor is null)
            return type.GetMethod("Parse", [typeof(string)])?.Invoke(null, ["bench.log"]);
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(about, parameter.Name!, parameter.ParameterType, things))]);
    }

    // "siteId" is a site's; plain "id" is that of the thing whose folder the class lies in.
    private static string ThingOf(Type about, string name)
    {
        var thing = name.EndsWith("Id", StringComparison.Ordinal) ? name[..^2] : name;
        thing = char.ToLowerInvariant(thing[0]) + thing[1..];
        return thing != "id" ? thing : about.Name.Replace("Queries", "", StringComparison.Ordinal).ToLowerInvariant();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace FrappeHybrid.Tests;

// bUnit asks for AngleSharp.Diffing 1.0.0.0, which the package source lacks; 0.17.0 has the same API.
internal static class AssemblyShim
{
#pragma warning disable CA2255 // a test assembly is an application: nobody else loads it
    [ModuleInitializer]
    internal static void Initialize() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        string.Equals(name.Name, "AngleSharp.Diffing", StringComparison.Ordinal)
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
#pragma warning restore CA2255
}

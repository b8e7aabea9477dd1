using System.Globalization;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal;
using FrappeHybrid.Tests.Agent;
using FrappeHybrid.Tests.Measure.Consoles;
using FrappeHybrid.Tests.Measure.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// From a container's write to the painted row: a real container with rotating logs (10m x 3), the published Agent, the real portal in this process, a real browser. Each line holds when it was
/// written and its number, so that what is lost, comes twice or is late is seen. Beside it `docker attach` reads the same lines, and an empty page counts its frames. Rounds, medians.
/// </summary>
internal static class ConsoleMeasure
{
    /// <summary>Of the operator.</summary>
    internal const string Email = "operator@example.com";

    /// <summary>Of the operator.</summary>
    internal const string Password = "correct horse battery";

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = int.Parse(Option("--rounds") ?? "3", CultureInfo.InvariantCulture);
        var seconds = int.Parse(Option("--seconds") ?? "60", CultureInfo.InvariantCulture);
        var parts = Option("--only")?.Split(',') ?? [];
        var program = Path.Combine(Repository.Artifacts, "agent", "linux-x64", "frappe-hybrid-agent");
        if (!File.Exists(program))
        {
            await Console.Error.WriteLineAsync("The Agent is not published: run FrappeHybrid.Tests/Lab/build.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("fh-measure-").FullName;
        try
        {
            await using var server = await AgentServer.CreateAsync(program);
            var bench = BenchName.Parse($"{server.Prefix}-c");
            await server.UntilEndAsync(await server.NewBenchAsync(bench));
            await using var portal = PortalHost.Build([$"--Portal:DataFolder={folder}", "--urls=http://127.0.0.1:0"], builder =>
            {
                builder.Services.AddSingleton<IAgentConnection>(new MeasuredPortal.OneAgent(server));
                builder.Logging.SetMinimumLevel(LogLevel.Error);
            });
            await portal.StartAsync();
            var made = await portal.Services.GetRequiredService<CreateOperator>().RunAsync(Email, Password, "Measured", CancellationToken.None);
            if (!made.IsDone)
                throw new InvalidOperationException(made.Error.Message);
            await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var (_, row) = await MeasuredPortal.SeedAsync(db, bench, SiteName.Parse("measured.example.com"));
            var stage = new ConsoleStage(server, portal, row.ServerId, bench, seconds, parts);
            Say("load", await File.ReadAllTextAsync("/proc/loadavg"));
            var figures = new List<IReadOnlyDictionary<string, double>>();
            for (var round = 1; round <= rounds; round++)
            {
                figures.Add(await stage.RoundAsync());
                Say($"round {round}", string.Join(", ", figures[^1].Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value:0.#}"))));
            }

            Console.WriteLine("{" + string.Join(',', figures[0].Keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"\"{key}\":{Median(figures.ConvertAll(each => each[key])):0.#}"))) + "}");
            await portal.StopAsync();
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        string? Option(string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(string what, string text) => Console.Error.WriteLine($"{what,-10} {text.Trim()}");
}

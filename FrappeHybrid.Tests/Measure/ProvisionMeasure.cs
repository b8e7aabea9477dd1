using System.Diagnostics;
using System.Globalization;
using FrappeHybrid.Tests.Lab;
using FrappeHybrid.Tests.Measure.Provision;


namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// How long a bare server takes to be set up, and how long a second run takes that finds nothing to do: by the product's play, by the same
/// set-up as an Ansible playbook, and by one hand-written script. Each contender has a fresh server of its own in each round, the order turns
/// from round to round, the clock runs from the first connection to the verified end, and the finished servers have to be alike.
/// </summary>
internal static class ProvisionMeasure
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var rounds = arguments switch
        {
            [] => 3,
            ["--rounds", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
            _ => 0,
        };
        if (rounds == 0)
        {
            await Console.Error.WriteLineAsync("usage: ./measure provision [--rounds N]");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("fh-measure-").FullName;
        try
        {
            var setUp = SetUp.Load();
            await using var product = new ProductContender(setUp, folder);
            IContender[] contenders = [product, new AnsibleContender(setUp, folder), new ScriptContender(setUp)];
            var times = await MeasureAsync(contenders, rounds, setUp, folder);
            Console.WriteLine(Report(times));
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<string, List<(double First, double Second)>>> MeasureAsync(
        IContender[] contenders,
        int rounds,
        SetUp setUp,
        string folder)
    {
        var lab = setUp.Lab with { ServerImage = await BuildImageAsync(setUp.Lab.ServerImage) };
        var times = contenders.ToDictionary(contender => contender.Name, _ => new List<(double, double)>());
        (string Name, string Facts)? reference = null;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in Enumerable.Range(0, contenders.Length).Select(place => contenders[(round + place) % contenders.Length]))
            {
                await using var server = await MeasureServer.StartAsync(lab, Path.Combine(folder, $"{round}-{contender.Name}"));
                await contender.PrepareAsync(server);
                var first = await TimeAsync(contender, server, second: false);
                var facts = await server.InsideAsync(SetUp.Read("check.sh"));
                reference ??= (contender.Name, facts);
                AssertAlike(reference.Value, (contender.Name, facts), "Their servers differ");

                var before = await server.InsideAsync(SetUp.Read("unchanged.sh"));
                var second = await TimeAsync(contender, server, second: true);
                AssertAlike(("first run", before), ("second run", await server.InsideAsync(SetUp.Read("unchanged.sh"))), $"The second run of {contender.Name} changed something");
                times[contender.Name].Add((first, second));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}  {contender.Name,-8}  first {first,6:0.0} s   second {second,6:0.00} s"));
            }
        }

        return times;
    }

    private static async Task<double> TimeAsync(IContender contender, MeasureServer server, bool second)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await contender.RunAsync(server, second);
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidOperationException($"{contender.Name}, {(second ? "second" : "first")} run: {failure.Message}", failure);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<string> BuildImageAsync(string server)
    {
        var image = $"frappe-hybrid-lab/measure:{server.Split(':')[^1]}";
        await Command.RunAsync(
            ["docker", "build", "--quiet", "--network", "host", "--tag", image, "--build-arg", $"SERVER={server}", SetUp.Folder],
            environment: new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "0" });
        return image;
    }

    private static void AssertAlike((string Name, string Facts) one, (string Name, string Facts) other, string otherwise)
    {
        var (left, right) = (one.Facts.Split('\n'), other.Facts.Split('\n'));
        var lines = left.Except(right).Select(line => $"  {one.Name}: {line}").Concat(right.Except(left).Select(line => $"  {other.Name}: {line}")).ToList();
        if (lines.Count > 0)
            throw new InvalidOperationException($"{otherwise}:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    private static string Report(Dictionary<string, List<(double First, double Second)>> times)
    {
        var figures = times.OrderBy(entry => entry.Key is "product" ? 0 : 1).SelectMany(entry =>
        {
            var prefix = entry.Key is "product" ? "" : $"{entry.Key}_";
            return new[]
            {
                $"\"{prefix}first_s\":{Text(entry.Value.Select(time => time.First))}",
                $"\"{prefix}second_s\":{Text(entry.Value.Select(time => time.Second))}",
            };
        });
        return $"{{{string.Join(',', figures)}}}";
    }

    private static string Text(IEnumerable<double> values) => Median([.. values.Order()]).ToString("0.00", CultureInfo.InvariantCulture);

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

using System.Globalization;
using FrappeHybrid.Tests.Measure.Update;

namespace FrappeHybrid.Tests.Measure;

/// <summary>How long a site's visitors get no page while it is updated: by the product, and by "stop everything, dump, migrate, start". Who begins turns from round to round.</summary>
internal static class UpdateMeasure
{
    private const int Rounds = 3;
    private const int Megabytes = 100;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var megabytes = arguments switch
        {
            [] => Megabytes,
            ["--megabytes", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 => size,
            _ => 0,
        };
        if (megabytes == 0)
        {
            await Console.Error.WriteLineAsync("usage: ./measure update [--megabytes N]");
            return 2;
        }

        await using var ground = await UpdateGround.LayAsync(megabytes);
        var ours = new List<double>();
        var plain = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            if (round % 2 == 1)
                ours.Add((await ground.OursAsync()).TotalSeconds);

            plain.Add((await ground.PlainAsync()).TotalSeconds);
            if (round % 2 == 0)
                ours.Add((await ground.OursAsync()).TotalSeconds);

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: without a page for {ours[^1]:0.00} s, by hand {plain[^1]:0.00} s"));
        }

        var (down, hand) = (Median(ours), Median(plain));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"downtime_s\":{down:0.00},\"plain_s\":{hand:0.00},\"ratio\":{down / hand:0.00}}}"));
        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

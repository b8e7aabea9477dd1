using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Agent.Updates;

/// <summary>What versions a bench has, and which apps a site has.</summary>
internal sealed class BenchVersions(BenchProgram program, MariaDb mariaDb)
{
    /// <summary>As the bench's own image says it.</summary>
    public async Task<IReadOnlyList<AppVersion>> OfBenchAsync(JobContext job, StepLog log, BenchFolder folder, CancellationToken cancel)
    {
        var result = await program.RunAsync(job, log, BenchProgram.ContainerOf(folder), ["bench", "version", "-f", "json"], [], cancel);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain($"The versions of bench {folder.Bench} could not be read", result);

        // Warnings of other programs may stand before it.
        var start = result.Output.IndexOf('[', StringComparison.Ordinal);
        var end = result.Output.LastIndexOf(']');
        try
        {
            var lines = start < 0 || end < start ? null : JsonSerializer.Deserialize(result.Output.AsSpan(start, end - start + 1), StoredUpdateJson.Default.IReadOnlyListBenchVersionLine);
            var versions = new List<AppVersion>();
            foreach (var line in lines ?? [])
            {
                if (AppName.TryParse(line.App, out var app) && line.Version is { } version)
                    versions.Add(new AppVersion(app, version));
            }

            if (versions.Count > 0)
                return versions;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new JobFailedException(JobErrorCodes.CommandFailed, $"The versions of bench {folder.Bench} cannot be understood.", "This version of bench may be too old or too new for this Agent.", result.Output);
    }

    /// <summary>
    /// The site's apps, from the list that Frappe itself works with. `bench list-apps` reads another one, which is empty or holds frappe alone until the first
    /// migrate.
    /// </summary>
    public async Task<IReadOnlyList<AppName>> OfSiteAsync(DatabaseName database, CancellationToken cancel)
    {
        var rows = await mariaDb.QueryAsync(
            $"SELECT defvalue FROM `{database}`.`tabDefaultValue` WHERE parent = '__global' AND defkey = 'installed_apps';", cancel);
        try
        {
            var apps = rows.Count == 0 ? null : JsonSerializer.Deserialize(rows[0], StoredUpdateJson.Default.IReadOnlyListString);
            if (apps is { Count: > 0 })
                return [.. apps.Select(AppName.Parse)];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            // Said below.
        }

        throw new JobFailedException(JobErrorCodes.CommandFailed, "The site's database does not say which apps it has.", "It may be half made; restore the site from a backup.");
    }

    /// <summary>A failure unless the target has all of the site's apps, none of them older, and frappe or another one newer.</summary>
    public static void RequireNewer(IReadOnlyList<AppName> apps, BenchName target, IReadOnlyList<AppVersion> from, IReadOnlyList<AppVersion> to)
    {
        var isNewer = false;
        foreach (var app in apps)
        {
            var old = from.FirstOrDefault(each => each.App == app)?.Version;
            var now = to.FirstOrDefault(each => each.App == app)?.Version
                ?? throw new JobFailedException(JobErrorCodes.AppNotInBench, $"Bench {target} has no {app}, which the site has.", "Choose a bench that has it, or uninstall the app first.");
            var order = old is null ? 1 : Compare(old, now);
            if (order < 0)
            {
                throw new JobFailedException(
                    JobErrorCodes.NotNewer, $"Bench {target} has {app} {now}, which is older than the site's {old}.", "A site can only move to newer versions. Choose another bench.");
            }

            isNewer |= order > 0;
        }

        if (!isNewer)
            throw new JobFailedException(JobErrorCodes.NotNewer, $"Bench {target} has the same versions as the site's bench.", "There is nothing to update to. Choose another bench.");
    }

    /// <summary>Above zero when the second is newer. Numbers count, what stands behind them ("-dev") does not.</summary>
    private static int Compare(string from, string to)
    {
        var old = Numbers(from);
        var now = Numbers(to);
        for (var index = 0; index < Math.Max(old.Count, now.Count); index++)
        {
            var difference = now.ElementAtOrDefault(index).CompareTo(old.ElementAtOrDefault(index));
            if (difference != 0)
                return difference;
        }

        return 0;
    }

    private static List<int> Numbers(string version) =>
        [.. version.Split('.').Select(part => int.TryParse(string.Concat(part.TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0)];
}

using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Failures;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// Brings an image to the server. The registry is always asked, because a tag may have moved; when it cannot be reached, what is on the server serves.
/// </summary>
internal sealed class ImagePull(DockerImages images, ImageReference image, IReadOnlyList<RegistrySignIn> signIns)
{
    private readonly Dictionary<string, Layer> layers = new(StringComparer.Ordinal);

    /// <summary>Pulls, telling the share that is done (0 to 1), and gives one line on what it did.</summary>
    public async Task<string> RunAsync(Action<string> tell, Action<double> progress, CancellationToken cancel)
    {
        try
        {
            tell($"Asking the registry for {image}");
            await images.PullAsync(image, signIns, line => Take(line, tell, progress), cancel);
        }
        catch (DockerException exception) when (exception.Fault != DockerFault.Unavailable)
        {
            var failure = Explain(exception);
            if (failure.Error.Code != JobErrorCodes.RegistryUnreachable || await images.FindAsync(image, cancel) is not { } local)
                throw failure;

            tell($"{exception.Message}\nThe registry cannot be reached; the image that is on the server is taken.");
            return $"already on the server ({Count(local.RootFS?.Layers?.Count ?? 0)}, {Size(local.Size)}); its registry cannot be reached";
        }

        var details = await images.FindAsync(image, cancel) ?? throw new DockerException(DockerFault.NotFound, $"{image} was pulled but is not there.");
        var pulled = layers.Values.Where(layer => layer.Total > 0).ToList();
        return pulled.Count > 0
            ? $"{Count(pulled.Count)}, {Size(pulled.Sum(layer => layer.Total))}"
            : $"already on the server ({Count(details.RootFS?.Layers?.Count ?? 0)}, {Size(details.Size)})";
    }

    /// <summary>The registry's digest of what the tag means on this server now; null for an image that came by another way.</summary>
    public async Task<string?> DigestAsync(CancellationToken cancel)
    {
        var digests = (await images.FindAsync(image, cancel))?.RepoDigests ?? [];
        var own = digests.FirstOrDefault(digest => digest.StartsWith(image.Repository + "@", StringComparison.Ordinal)) ?? (digests is [var first, ..] ? first : null);
        return own?[(own.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Makes the registry's words into ours.</summary>
    internal JobFailedException Explain(DockerException exception)
    {
        var found = FailureTable.Find(FailureTable.Registries, exception.Message);
        return found is null
            ? new JobFailedException(JobErrorCodes.CommandFailed, $"{image} could not be pulled.", "The engine's own words are below.", exception.Message)
            : new JobFailedException(found.Code, found.Message.Replace("{0}", image.Value, StringComparison.Ordinal), found.Advice, exception.Message);
    }

    private void Take(PullLine line, Action<string> tell, Action<double> progress)
    {
        if (line.Id is not { } id || line.Status is not { } status)
        {
            if (line.Status is { Length: > 0 } text)
                tell(text);

            return;
        }

        if (!layers.TryGetValue(id, out var layer))
        {
            // The first line of a pull has the tag as its id.
            if (id == image.Tag)
            {
                tell(status);
                return;
            }

            layers[id] = layer = new Layer();
        }

        if (layer.Take(status, line.Progress))
            tell($"{id}: {status}");

        progress(layers.Values.Average(each => each.Done));
    }

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "layer" : "layers")}");

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1000)} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB");

    /// <summary>One layer on its way: half of the work is the download, half the unpacking.</summary>
    private sealed class Layer
    {
        private string status = "";

        public double Done { get; private set; }

        /// <summary>Bytes that were downloaded; 0 when it was there.</summary>
        public long Total { get; private set; }

        /// <summary>True when the layer has come to another stage.</summary>
        public bool Take(string newStatus, PullAmount? amount)
        {
            var share = amount is { Total: > 0 } ? Math.Clamp((double)amount.Current / amount.Total, 0, 1) : 0;
            switch (newStatus)
            {
                case "Downloading":
                    Total = amount?.Total ?? Total;
                    Done = share / 2;
                    break;
                case "Download complete" or "Verifying Checksum":
                    Done = 0.5;
                    break;
                case "Extracting":
                    Total = Math.Max(Total, amount?.Total ?? 0);
                    Done = 0.5 + (share / 2);
                    break;
                case "Pull complete" or "Already exists":
                    Done = 1;
                    break;
                default:
                    break;
            }

            var changed = status != newStatus;
            status = newStatus;
            return changed;
        }
    }
}

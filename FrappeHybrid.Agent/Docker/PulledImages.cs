using System.Text.Json;
using System.Text.Json.Serialization;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// Which images this Agent brought to the server, in a file beside its store. An image that was here before, or that its owner pulled, is not ours and
/// never taken away. The entry is written before the pull, so that a kill in the middle forgets nothing.
/// </summary>
internal sealed class PulledImages(AgentPaths paths)
{
    private readonly Lock gate = new();

    private string File => Path.Combine(paths.AgentFolder, "pulled-images.json");

    /// <summary>All that were pulled, and pulls that never came to an end.</summary>
    public IReadOnlyList<PulledImage> All()
    {
        lock (gate)
            return Read();
    }

    /// <summary>A pull begins.</summary>
    /// <param name="image">What is pulled.</param>
    /// <param name="before">The id of the image that had this name; null when there was none.</param>
    public void Begin(ImageReference image, string? before) =>
        Change(images => images.Exists(each => each.Image == image.Value && each.Id is null) ? images : [.. images, new PulledImage(image.Value, before, Id: null)]);

    /// <summary>It has ended: the name means this image now.</summary>
    public void End(ImageReference image, string id) => Change(images =>
    {
        var pending = images.Find(each => each.Image == image.Value && each.Id is null);
        List<PulledImage> others = [.. images.Where(each => each != pending)];
        return pending is null || pending.Before == id || others.Exists(each => each.Image == image.Value && each.Id == id)
            ? others
            : [.. others, new PulledImage(image.Value, Before: null, id)];
    });

    /// <summary>It has ended, and brought nothing.</summary>
    public void Abandon(ImageReference image) => Change(images => [.. images.Where(each => each.Image != image.Value || each.Id is not null)]);

    /// <summary>It was taken away.</summary>
    public void Forget(string id) => Change(images => [.. images.Where(each => each.Id != id)]);

    private void Change(Func<List<PulledImage>, List<PulledImage>> change)
    {
        lock (gate)
        {
            var before = Read();
            var after = change(before);
            if (!after.SequenceEqual(before))
                DurableFile.Write(File, JsonSerializer.Serialize(after, PulledImagesJson.Default.ListPulledImage));
        }
    }

    private List<PulledImage> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(File), PulledImagesJson.Default.ListPulledImage) ?? [];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // An unreadable record costs room on the disk, nothing else: what it does not name stays.
            return [];
        }
    }
}

/// <summary>One image that this Agent pulled.</summary>
/// <param name="Image">The name it was pulled by.</param>
/// <param name="Before">While the pull is not known to have ended: the id that had this name before.</param>
/// <param name="Id">The image's id; null while the pull is not known to have ended.</param>
internal sealed record PulledImage(string Image, string? Before, string? Id);

/// <summary>JSON of the record.</summary>
[JsonSerializable(typeof(List<PulledImage>))]
internal sealed partial class PulledImagesJson : JsonSerializerContext;

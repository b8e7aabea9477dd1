using System.Text.Json;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Docker;

/// <summary>Images on this server, and pulling them from their registry.</summary>
internal sealed class DockerImages(DockerConnection connection, PulledImages pulled)
{
    /// <summary>The image, or null when it is not on the server.</summary>
    public async Task<ImageDetails?> FindAsync(ImageReference image, CancellationToken cancel)
    {
        try
        {
            return await connection.GetAsync($"/images/{image}/json", DockerJson.Default.ImageDetails, cancel);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            return null;
        }
    }

    /// <summary>Pulls it, telling each line of the engine; throws <see cref="DockerException"/> with the registry's own words.</summary>
    public async Task PullAsync(ImageReference image, IReadOnlyList<RegistrySignIn> signIns, Action<PullLine> onLine, CancellationToken cancel)
    {
        pulled.Begin(image, (await FindAsync(image, cancel))?.Id);
        try
        {
            await ReadPullAsync(image, signIns, onLine, cancel);
        }
        catch
        {
            pulled.Abandon(image);
            throw;
        }

        if (await FindAsync(image, cancel) is { } now)
            pulled.End(image, now.Id);
    }

    private async Task ReadPullAsync(ImageReference image, IReadOnlyList<RegistrySignIn> signIns, Action<PullLine> onLine, CancellationToken cancel)
    {
        var path = $"/images/create?fromImage={Uri.EscapeDataString(image.Repository)}&tag={Uri.EscapeDataString(image.Tag)}";
        using var response = await connection.SendAsync(HttpMethod.Post, path, content: null, cancel, RegistryAuthHeader.For(image, signIns));
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancel) is { } text)
        {
            if (text.Length == 0 || JsonSerializer.Deserialize(text, DockerJson.Default.PullLine) is not { } line)
                continue;

            // The engine has answered 200 before it knew; the fault comes in the stream.
            if (line.Error is { } error)
                throw new DockerException(DockerFault.Refused, error);

            onLine(line);
        }
    }

    /// <summary>Takes the image's name away, and its layers when nothing else needs them; one that a container uses stays.</summary>
    public async Task RemoveAsync(ImageReference image, CancellationToken cancel)
    {
        try
        {
            await connection.CallAsync(HttpMethod.Delete, $"/images/{image}", content: null, cancel);
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.NotFound or DockerFault.Conflict)
        {
            // Gone already, or somebody has made something of it meanwhile.
        }
    }
}

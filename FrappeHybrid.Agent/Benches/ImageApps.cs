using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>What an image's apps folder holds, by a container that lives for that only: its entrypoint would write into the sites folder.</summary>
internal static class ImageApps
{
    /// <param name="engine">The engine that has the image.</param>
    /// <param name="image">A release's image.</param>
    /// <param name="container">Name of the container; it is taken away also when the job is cancelled in the middle.</param>
    /// <param name="label">Value of our label on it.</param>
    /// <param name="cancel">Leaves it.</param>
    public static async Task<IReadOnlyList<AppName>> ListAsync(DockerEngine engine, ImageReference image, string container, string label, CancellationToken cancel)
    {
        var description = new NewContainer(
            image.Value,
            Entrypoint: ["ls"],
            Cmd: ["-1", "/home/frappe/frappe-bench/apps"],
            Env: [],
            new Dictionary<string, string>(StringComparer.Ordinal) { [ServerLayout.Label] = label },
            User: null,
            ExposedPorts: null,
            new NewHostConfig(
                [], Tmpfs: null, PortBindings: null, new RestartPolicy("no"), Memory: 256L << 20, NanoCpus: 0, BenchContainers.Log, NetworkMode: "none", Init: false, SecurityOpt: null),
            NetworkingConfig: null);
        var id = await engine.CreateContainerAsync(container, description, cancel);
        try
        {
            await engine.StartAsync(id, cancel);
            var code = await engine.WaitAsync(id, cancel);
            var output = await new DockerLogs(engine.Connection).TailAsync(id, 1000, cancel);
            var apps = output.Split('\n').Select(line => AppName.TryParse(line.Trim(), out var app) ? app : null).OfType<AppName>().ToList();
            return code == 0 && apps.Count > 0 ? apps : throw NotABench(image, output);
        }
        catch (DockerException exception) when (exception.Fault is DockerFault.Refused)
        {
            // The image has no `ls`, for instance.
            throw NotABench(image, exception.Message);
        }
        finally
        {
            await engine.RemoveContainerAsync(id, CancellationToken.None);
        }
    }

    private static JobFailedException NotABench(ImageReference image, string output) => new(
        JobErrorCodes.CommandFailed,
        $"{image} is not a bench image: it has no apps in /home/frappe/frappe-bench/apps.",
        "Choose a release whose image is built as frappe_docker builds it.",
        output);
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Finds out whether a bench works: by what its services answer, not by what the engine says of them.</summary>
internal sealed class BenchProbe(DockerEngine engine, HttpProbe http, BenchFolder folder, BenchRecord record)
{
    /// <summary>A service that was started more often than this by the engine does not come up by itself any more.</summary>
    private const int MostRestarts = 5;

    /// <summary>One look. Null when all is well, otherwise what is still missing; throws when a service has ended for good.</summary>
    public async Task<string?> LookAsync(CancellationToken cancel)
    {
        var addresses = new Dictionary<BenchService, string>();
        foreach (var service in BenchServices.All)
        {
            var name = BenchContainers.NameOf(folder.Bench, service);
            var container = await engine.FindContainerAsync(name, cancel);
            if (container is null || container.State.Status is "exited" or "dead" || container.RestartCount > MostRestarts)
                throw await StoppedAsync(service, container, cancel);

            if (!container.State.Running || container.State.Status == "restarting")
                return $"{service.Name()} is {container.State.Status}";

            addresses[service] = container.NetworkSettings?.Networks?.GetValueOrDefault(BenchContainers.NetworkOf(folder.Bench))?.IPAddress ?? "";
        }

        foreach (var redis in (BenchService[])[BenchService.RedisCache, BenchService.RedisQueue])
        {
            if (!await RedisAnswersAsync(addresses[redis], cancel))
                return $"{redis.Name()} does not answer";
        }

        // A name that is no site: Frappe's own 404 says that nginx, gunicorn and Python all work; nginx alone would say 502.
        var page = await http.GetAsync(record.FrontendPort, "frappe-hybrid.invalid", "/api/method/ping", cancel);
        if (page.Status is not (404 or 200))
            return $"the frontend answers {page}";

        var socket = await http.GetAsync(record.FrontendPort, "frappe-hybrid.invalid", "/socket.io/?EIO=4&transport=polling", cancel);
        return socket.Status == 200 && socket.Body.StartsWith("0{", StringComparison.Ordinal) ? null : $"socket.io answers {socket}";
    }

    private async Task<JobFailedException> StoppedAsync(BenchService service, ContainerDetails? container, CancellationToken cancel)
    {
        if (container is null)
            return new JobFailedException(JobErrorCodes.ServiceStopped, $"The container of {service.Name()} is gone.", "Somebody else has taken it away.");

        var output = await new DockerLogs(engine.Connection).TailAsync(container.Id, 50, cancel);
        if (container.State.OOMKilled || container.State.ExitCode == 137)
        {
            return new JobFailedException(
                JobErrorCodes.OutOfMemory, $"{service.Name()} was killed for lack of memory.", "Give the bench's containers a higher limit, or the server more memory.", output);
        }

        var code = container.State.ExitCode.ToString(CultureInfo.InvariantCulture);
        return new JobFailedException(
            JobErrorCodes.ServiceStopped, $"{service.Name()} ended by itself with code {code}.", "Its last output is below.", output);
    }

    /// <summary>Straight to the container: an image need not hold a client.</summary>
    private static async Task<bool> RedisAnswersAsync(string address, CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, 6379, cancel);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancel);
            var answer = new byte[7];
            await stream.ReadExactlyAsync(answer, cancel);
            return Encoding.ASCII.GetString(answer) == "+PONG\r\n";
        }
        catch (Exception exception) when (exception is SocketException or IOException or ArgumentException)
        {
            return false;
        }
    }
}

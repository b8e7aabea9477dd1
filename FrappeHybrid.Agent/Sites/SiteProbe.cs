using System.Globalization;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>Asks a site through the server's nginx, as a visitor would.</summary>
internal sealed class SiteProbe(HttpProbe http, AgentOptions options, TimeProvider time)
{
    private const int Ok = 200;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Until `/api/method/ping` answers; a <see cref="JobFailedException"/> when it does not within the time that the settings give.</summary>
    public Task<StepOutcome> WaitAsync(SiteName site, StepLog log, CancellationToken cancel) => WaitAsync(DomainName.Of(site), Ok, log, cancel);

    /// <summary>Until it answers under this name with that status, 503 while maintenance is on; the time that the settings give when there is no other limit.</summary>
    public async Task<StepOutcome> WaitAsync(DomainName name, int status, StepLog log, CancellationToken cancel, TimeSpan? limit = null)
    {
        var started = time.GetTimestamp();
        var said = "";
        while (true)
        {
            var answer = await http.GetAsync(options.NginxPort, name.Value, "/api/method/ping", cancel);
            if (answer.Status == status && (status != Ok || answer.Body.Contains("pong", StringComparison.Ordinal)))
                return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"answers {status} after {time.GetElapsedTime(started).TotalSeconds:0.0} s"));

            if (answer.ToString() != said)
                log.Line($"{name} answers {said = answer.ToString()}");

            if (time.GetElapsedTime(started) > (limit ?? TimeSpan.FromSeconds(options.ReadySeconds)))
                throw new JobFailedException(JobErrorCodes.NotReady, $"{name} does not answer through nginx.", "The output of the bench's services tells more.", said + "\n" + answer.Body);

            await Task.Delay(Look, time, cancel);
        }
    }
}

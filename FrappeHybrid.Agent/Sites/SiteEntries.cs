using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>How a site is reached: its entry in the server's nginx with all of its domains, and the websocket container's way to it.</summary>
internal sealed class SiteEntries(DockerEngine engine, NginxSites nginx, AgentOptions options)
{
    /// <summary>Puts the site's entry in force, with the domains that its folder names; returns once nginx works with it.</summary>
    public async Task PutAsync(BenchFolder folder, BenchRecord bench, SiteName site, CancellationToken cancel)
    {
        // The websocket container asks the site who a visitor is: it must know the way before the first visitor comes.
        new BenchHosts(folder).Add(await NewBenchJob.GatewayAsync(engine, folder.Bench, cancel), site);
        var text = NginxEntry.Text(folder.Bench, site, options.NginxPort, bench.FrontendPort, SiteDomains.Read(folder.SiteFolder(site)));
        await nginx.PutAsync(folder.NginxFile(site), text, cancel);
    }

    /// <summary>Nobody reaches the site any more; nothing happens when there is no entry.</summary>
    public async Task RemoveAsync(BenchFolder folder, SiteName site, CancellationToken cancel)
    {
        await nginx.RemoveAsync(folder.NginxFile(site), cancel);
        new BenchHosts(folder).Remove(site);
    }
}

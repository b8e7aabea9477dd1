using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>As many servers, benches and sites as a large company has, in the first team there is.</summary>
internal static class LargeEstate
{
    private const int BenchesOfServer = 10;
    private const int SitesOfBench = 9;

    public static async Task AddAsync(PortalDb db, TimeProvider time, int nodes)
    {
        var team = await db.Teams.Select(each => each.Id).FirstAsync();
        var release = await db.Releases.Select(each => each.Id).FirstAsync();
        var left = nodes;
        for (var number = 0; left > 0; number++)
        {
            var server = new Server
            {
                Id = NewId.At(time),
                TeamId = team,
                Name = $"server-{number:000}",
                Address = $"198.51.100.{number}",
                CreatedAt = time.GetUtcNow(),
                SshPublicKey = "ssh-ed25519 AAAA",
                SshPrivateKeyProtected = "-",
                AgentFingerprint = "AB",
            };
            server.Become(ServerState.Installing, null);
            server.Become(ServerState.Broken, "It stands here for its name alone.");
            db.Servers.Add(server);
            left--;
            for (var bench = 0; bench < BenchesOfServer && left > 0; bench++)
                left -= AddBench(db, time, server, release, bench, left);
        }

        await db.SaveChangesAsync();
    }

    private static int AddBench(PortalDb db, TimeProvider time, Server server, Guid release, int number, int left)
    {
        var bench = new Bench { Id = NewId.At(time), TeamId = server.TeamId, ServerId = server.Id, ReleaseId = release, Name = BenchName.Parse($"bench-{number}"), CreatedAt = time.GetUtcNow() };
        bench.Become(BenchState.Active, null);
        db.Benches.Add(bench);
        var sites = Math.Min(SitesOfBench, left - 1);
        for (var at = 0; at < sites; at++)
        {
            var site = new Site
            {
                Id = NewId.At(time),
                TeamId = server.TeamId,
                ServerId = server.Id,
                BenchId = bench.Id,
                Name = SiteName.Parse($"s{at}-b{number}-{server.Name}.example.com"),
                CreatedAt = time.GetUtcNow(),
                Apps = ["frappe"],
            };
            site.Become(SiteState.Active, null);
            db.Sites.Add(site);
        }

        return 1 + sites;
    }
}

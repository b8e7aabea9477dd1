using System.Text;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// The file over /etc/hosts of the websocket container. Frappe's socket.io server asks the site itself who a visitor is, at the site's public name; a
/// container cannot count on reaching that (no DNS entry yet, a router that does not turn round), so the file sends it to the server's own nginx
/// through the gateway of the bench's network.
/// </summary>
internal sealed class BenchHosts(BenchFolder folder)
{
    private static readonly Lock Gate = new();

    private static readonly string[] Fixed = ["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback"];

    /// <summary>Writes the file for a bench without sites.</summary>
    public void Create()
    {
        lock (Gate)
            Write([]);
    }

    /// <summary>In the order of names: a site that is taken away and put back leaves the file as it was.</summary>
    public void Add(string gateway, SiteName site)
    {
        lock (Gate)
            Write([.. Entries().Where(line => !IsFor(line, site)).Append($"{gateway}\t{site}").Order(StringComparer.Ordinal)]);
    }

    public void Remove(SiteName site)
    {
        lock (Gate)
        {
            if (File.Exists(folder.Hosts))
                Write([.. Entries().Where(line => !IsFor(line, site))]);
        }
    }

    private IEnumerable<string> Entries() => File.Exists(folder.Hosts) ? File.ReadAllLines(folder.Hosts).Where(line => line.Length > 0 && !Fixed.Contains(line)) : [];

    private static bool IsFor(string line, SiteName site) => line.EndsWith($"\t{site}", StringComparison.Ordinal);

    /// <summary>
    /// In place: the container has the file itself mounted, not its name, and would keep the old one if another were renamed over it. First the new
    /// text, then the new length, so that the file is never empty.
    /// </summary>
    private void Write(IReadOnlyList<string> entries)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', [.. Fixed, .. entries, ""]));
        using var stream = new FileStream(folder.Hosts, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(text);
        stream.SetLength(text.Length);
        stream.Flush(flushToDisk: true);
    }
}

using System.Globalization;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Ssh;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>What the server said about itself, and what the portal knows: all that a check may judge by.</summary>
internal sealed class PreflightFacts(ProvisioningOptions options)
{
    private const int MostValues = 2000;
    private readonly Dictionary<string, List<string>> values = new(StringComparer.Ordinal);
    private int count;

    public ProvisioningOptions Options { get; } = options;

    /// <summary>The user's name and whether it is root.</summary>
    public string User { get; init; } = "root";

    public bool IsRoot { get; init; } = true;

    public TimeSpan ConnectTime { get; init; }

    public string Address { get; init; } = "";

    public string Domain { get; init; } = "";

    /// <summary>The portal's clock when the server's was read.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>What the portal's own look-up of the domain and of the address gave; null when the name is not known.</summary>
    public IReadOnlyList<string>? DomainAddresses { get; set; }

    public IReadOnlyList<string>? ServerAddresses { get; set; }

    /// <summary>Whether the Agent's port could be reached from here: null when a firewall swallowed the knock.</summary>
    public bool? AgentPortOpen { get; set; }

    /// <summary>Takes one "name=value" line; anything else is dropped, and so is what goes beyond any sensible amount.</summary>
    public void Add(string line)
    {
        var at = line.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || ++count > MostValues)
            return;
        if (!values.TryGetValue(line[..at], out var list))
            values[line[..at]] = list = [];
        list.Add(CleanText.OfLine(line[(at + 1)..], 300));
    }

    /// <summary>The first value; empty when there is none.</summary>
    public string Text(string name) => values.TryGetValue(name, out var list) ? list[0] : "";

    /// <summary>All values that are not empty.</summary>
    public IReadOnlyList<string> All(string name) => values.TryGetValue(name, out var list) ? [.. list.Where(value => value.Length > 0)] : [];

    /// <summary>The first value as a number; null when it is none.</summary>
    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether our own Agent has been set up there before.</summary>
    public bool IsOurs => Text("ours") is "yes";
}

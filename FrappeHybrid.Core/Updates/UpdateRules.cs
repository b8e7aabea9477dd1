using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Updates;

/// <summary>Which benches a site can be updated to. The Agent asks the benches themselves once more, before it disturbs anybody.</summary>
internal static class UpdateRules
{
    /// <summary>Code of the refusal that time may mend; the last one to be given.</summary>
    public const string NotActive = "bench-not-active";

    /// <summary>Whether the second version is newer; of what cannot be compared, nothing is.</summary>
    public static bool IsNewer(string from, string to) => Version.TryParse(from, out var old) && Version.TryParse(to, out var now) && now > old;

    /// <summary>Null when the site can move there; otherwise why not.</summary>
    public static Error? Refuse(Site site, Release from, Bench target, Release to)
    {
        if (target.ServerId != site.ServerId)
            return new Error("bench-elsewhere", $"{target.Name} is on another server.", "Choose a bench of the site's own server.");
        if (!IsNewer(from.Version, to.Version))
            return new Error("bench-not-newer", $"{target.Name} runs {to.Version}, which is not newer than {from.Version}.", "Choose a bench with a newer release.");
        var missing = site.Apps.Where(app => !to.Apps.Contains(app)).ToList();
        if (missing.Count > 0)
            return new Error("app-not-in-release", $"{target.Name} has no {string.Join(", ", missing)}, which {site.Name} has.", "Choose a release with all of the site's apps.");
        return target.State is BenchState.Active
            ? null
            : new Error(NotActive, $"The bench {target.Name} is {target.State.ToString().ToLowerInvariant()}.", "Wait until it is active.");
    }
}

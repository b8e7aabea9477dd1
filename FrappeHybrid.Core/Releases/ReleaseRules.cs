using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Releases;

/// <summary>What a release's texts may look like.</summary>
internal static partial class ReleaseRules
{
    /// <summary>Name and version, trimmed, and the apps, frappe first; or what is wrong with them.</summary>
    public static Result<(string Name, string Version, List<string> Apps)> Check(ReleaseText text)
    {
        var name = (text.Name ?? "").Trim();
        if (name.Length is < 1 or > 80 || name.Any(char.IsControl))
            return new Error("release-name-invalid", "A release's name has 1 to 80 characters.", "Give the name that customers choose by, such as ERPNext 15.50.0.");
        var version = (text.Version ?? "").Trim();
        if (!Version().IsMatch(version))
            return new Error("release-version-invalid", "A version is written as numbers with dots.", "Give the version of Frappe in it, such as 15.50.0: newer ones sort first by it.");
        var apps = new List<string> { "frappe" };
        foreach (var word in (text.Apps ?? "").Split([' ', ',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!AppName.TryParse(word, out var app))
                return new Error("release-app-invalid", $"\"{word}\" is not the name of an app.", AppName.Rule);
            if (!apps.Contains(app.Value))
                apps.Add(app.Value);
        }

        return (name, version, apps);
    }

    [GeneratedRegex(@"\A\d{1,4}(?:\.\d{1,6}){1,3}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}

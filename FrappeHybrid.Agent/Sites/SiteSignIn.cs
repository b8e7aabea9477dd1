using System.Text.RegularExpressions;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>A session of a site's Administrator. The id that bench prints goes into the answer and nowhere else.</summary>
internal sealed partial class SiteSignIn(BenchReader bench)
{
    public async Task<SignInAnswer> RunAsync(SiteOnServer site, CancellationToken cancel)
    {
        // In maintenance the site answers 503 to everybody, the Administrator included.
        if (SiteMaintenance.IsOn(site.ConfigFile))
            throw new JobFailedException(JobErrorCodes.CommandFailed, $"{site.Name} is in maintenance; it lets nobody in.", "Turn maintenance off, then sign in.");

        var result = await bench.RunAsync(site.Backend, ["bench", "--site", site.Name.Value, "browse", "--user", "Administrator"], cancel);
        var found = result.ExitCode == 0 ? Session().Match(result.Output) : Match.Empty;
        return found.Success
            ? new SignInAnswer(found.Groups["sid"].Value)
            : throw BenchFailures.Explain("The sign-in could not be made", result with { Output = Session().Replace(result.Output, "[hidden]") });
    }

    [GeneratedRegex(@"[?&]sid=(?<sid>[0-9A-Za-z]{16,128})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Session();
}

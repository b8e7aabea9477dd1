using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Routes = FrappeHybrid.Core.Contracts.Sites.SiteWorkRoutes;

namespace FrappeHybrid.Agent.Api;

/// <summary>Everyday work on a site; what changes it is a job, but a sign-in, which is answered at once and kept nowhere.</summary>
internal sealed class SiteWorkRoutes(BenchCatalog catalog, JobIntake intake, SiteSignIn signIn, SiteFacts facts, SiteDatabase database, BenchReader reader) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Routes.ClearCache, (RequestDelegate)(context => SubmitAsync(
            context, SiteJobTypes.ClearCache, SiteWorkJson.Default.ClearCacheRequest, (target, _) => JsonSerializer.Serialize(target, SiteJson.Default.SiteTarget))));
        routes.MapPost(Routes.Scheduler, (RequestDelegate)(context => SubmitAsync(
            context, SiteJobTypes.SetScheduler, SiteWorkJson.Default.SetSchedulerRequest, (target, request) => Switch(target, request.Enabled))));
        routes.MapPost(Routes.Maintenance, (RequestDelegate)(context => SubmitAsync(
            context, SiteJobTypes.SetMaintenance, SiteWorkJson.Default.SetMaintenanceRequest, (target, request) => Switch(target, request.On))));
        routes.MapPost(Routes.AdministratorPassword, (RequestDelegate)SetPasswordAsync);
        routes.MapPost(Routes.Domains, (RequestDelegate)(context => SubmitAsync(context, SiteJobTypes.ChangeDomains, SiteWorkJson.Default.ChangeDomainsRequest, Domains)));
        routes.MapPost(Routes.Rename, (RequestDelegate)(context => SubmitAsync(context, SiteJobTypes.Rename, SiteWorkJson.Default.RenameSiteRequest, Rename)));
        routes.MapGet(Routes.Config, (RequestDelegate)ConfigAsync);
        routes.MapPost(Routes.Config, (RequestDelegate)ChangeConfigAsync);
        routes.MapPost(Routes.Apps, (RequestDelegate)(context => SubmitAsync(context, SiteJobTypes.InstallApp, SiteWorkJson.Default.AppRequest, App)));
        routes.MapPost(Routes.UninstallApp, (RequestDelegate)(context => SubmitAsync(context, SiteJobTypes.UninstallApp, SiteWorkJson.Default.AppRequest, App)));
        routes.MapGet(Routes.UninstallPreview, (RequestDelegate)PreviewAsync);
        routes.MapPost(Routes.SignIn, (RequestDelegate)SignInAsync);
        routes.MapGet(Routes.Facts, (RequestDelegate)FactsAsync);
    }

    /// <summary>Reads the request and stores the job that it asks for.</summary>
    private async Task SubmitAsync<T>(HttpContext context, JobType type, JsonTypeInfo<T> json, Func<SiteTarget, T, string> store)
        where T : class
    {
        var key = JobIntake.Key(context);
        var target = Target(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), json);
        await intake.SubmitAsync(context, key, type, store(target, request), secret: null);
    }

    private async Task SetPasswordAsync(HttpContext context)
    {
        var key = JobIntake.Key(context);
        var target = Target(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), SiteWorkJson.Default.SetAdministratorPasswordRequest);
        JobIntake.CheckPassword(request.Password);
        var text = JsonSerializer.Serialize(new StoredPasswordReset(target.Bench, target.Site, request.LogOutAllSessions), SiteJson.Default.StoredPasswordReset);
        await intake.SubmitAsync(context, key, SiteJobTypes.SetAdministratorPassword, text, request.Password);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var target = Target(context);
        var site = SiteOnServer.Require(catalog, target.Bench, target.Site);
        var answer = await signIn.RunAsync(site, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await ApiMessages.AnswerAsync(context, answer, SiteWorkJson.Default.SignInAnswer);
    }

    private async Task FactsAsync(HttpContext context)
    {
        var target = Target(context);
        var fresh = bool.TryParse(context.Request.Query["fresh"], out var wanted) && wanted;
        var found = await facts.ReadAsync(SiteOnServer.Require(catalog, target.Bench, target.Site), fresh, context.RequestAborted);
        await ApiMessages.AnswerAsync(context, found, SiteWorkJson.Default.SiteFactsInfo);
    }

    private async Task ConfigAsync(HttpContext context)
    {
        var target = Target(context);
        var file = SiteOnServer.Require(catalog, target.Bench, target.Site).ConfigFile;
        var version = SiteConfigFile.Version(file);
        var keys = SiteConfigFile.Read(file).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each =>
        {
            using var value = JsonDocument.Parse(each.Value?.ToJsonString() ?? "null");
            var isSecret = SiteConfigRules.IsSecret(each.Key, value.RootElement);
            return new SiteConfigValue(each.Key, isSecret ? null : value.RootElement.Clone(), isSecret, SiteConfigRules.IsProtected(each.Key));
        });
        await ApiMessages.AnswerAsync(context, new SiteConfigInfo(version, [.. keys]), SiteWorkJson.Default.SiteConfigInfo);
    }

    private async Task ChangeConfigAsync(HttpContext context)
    {
        var jobKey = JobIntake.Key(context);
        var target = Target(context);
        var request = ApiMessages.Parse(await ApiMessages.ReadBodyAsync(context), SiteWorkJson.Default.ChangeSiteConfigRequest);
        if (request.Version is null || request.Set is null || request.Remove is null || request.Set.Count + request.Remove.Count is 0 or > SiteConfigRules.MostKeys)
            throw ApiException.Invalid("invalid-request", $"A change has a version and 1 to {SiteConfigRules.MostKeys} keys in set and remove.");

        foreach (var key in request.Set.Keys.Concat(request.Remove))
        {
            if (!SiteConfigRules.IsKey(key))
                throw ApiException.Invalid("invalid-name", SiteConfigRules.KeyRule);

            if (SiteConfigRules.IsProtected(key))
                throw ApiException.Invalid("invalid-request", $"The key {key} is not to be changed by hand.");
        }

        if (request.Set.Values.Any(value => value.ValueKind == JsonValueKind.Undefined || value.GetRawText().Length > SiteConfigRules.LongestValue))
            throw ApiException.Invalid("invalid-request", $"A value has at most {SiteConfigRules.LongestValue} characters.");

        var stored = new StoredConfigChange(target.Bench, target.Site, request.Version, [.. request.Set.Keys], request.Remove);
        var values = JsonSerializer.Serialize(request.Set, SiteJson.Default.IReadOnlyDictionaryStringJsonElement);
        await intake.SubmitAsync(context, jobKey, SiteJobTypes.ChangeConfig, JsonSerializer.Serialize(stored, SiteJson.Default.StoredConfigChange), values);
    }

    private async Task PreviewAsync(HttpContext context)
    {
        const int longest = 400;
        var target = Target(context);
        if (!AppName.TryParse((string?)context.Request.RouteValues["app"], out var app))
            throw ApiException.Invalid("invalid-name", AppName.Rule);

        var site = SiteOnServer.Require(catalog, target.Bench, target.Site);
        var result = await reader.RunAsync(site.Backend, ["bench", "--site", site.Name.Value, "uninstall-app", app.Value, "--dry-run"], context.RequestAborted);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain($"bench cannot say what uninstalling {app} would take away", result);

        var preview = new UninstallPreview([.. result.Output.Split('\n').Take(longest)], await database.DoctypesAsync(site.Database, app, context.RequestAborted));
        await ApiMessages.AnswerAsync(context, preview, SiteWorkJson.Default.UninstallPreview);
    }

    private static string App(SiteTarget target, AppRequest request) => request.App is null || request.App.Value == "frappe"
        ? throw JobIntake.Missing("an app other than frappe")
        : JsonSerializer.Serialize(new StoredApp(target.Bench, target.Site, request.App), SiteJson.Default.StoredApp);

    private static string Domains(SiteTarget target, ChangeDomainsRequest request)
    {
        if (request.Domains is null || request.Domains.Any(domain => domain is null) || request.Domains.Count > 50)
            throw JobIntake.Missing("domains, at most 50");

        var others = request.Domains.Distinct().Where(domain => domain.Value != target.Site.Value).ToList();
        if (request.Primary is { } primary && primary.Value != target.Site.Value && !others.Contains(primary))
            throw ApiException.Invalid("invalid-request", "The primary domain is not among the domains.");

        var domains = new SiteDomains(others, request.Primary?.Value == target.Site.Value ? null : request.Primary, request.Redirect);
        return JsonSerializer.Serialize(new StoredDomains(target.Bench, target.Site, domains), SiteJson.Default.StoredDomains);
    }

    private static string Rename(SiteTarget target, RenameSiteRequest request)
    {
        if (request.NewName is null || request.NewName == target.Site)
            throw JobIntake.Missing("a newName other than the old one");

        return JsonSerializer.Serialize(new StoredRename(target.Bench, target.Site, request.NewName), SiteJson.Default.StoredRename);
    }

    private static SiteTarget Target(HttpContext context) => new(ApiMessages.Bench(context), ApiMessages.Site(context));

    private static string Switch(SiteTarget target, bool on) => JsonSerializer.Serialize(new StoredSwitch(target.Bench, target.Site, on), SiteJson.Default.StoredSwitch);
}

using System.Text.Json;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Changes keys of a site's configuration, on the content that the person saw; another content refuses it, here and once more on the server.</summary>
public sealed class ChangeSiteConfig(IDbContextFactory<PortalDb> databases, SiteConfigReader reader, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, SiteConfigOrder order, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (!site.IsServing)
            return SiteOrders.NotServing(site);
        if (Read(order, out var values) is { } wrong)
            return wrong;
        var now = await reader.ReadAsync(actor, siteId, cancel);
        if (!now.IsDone)
            return now.Error;
        if (now.Value.Version != order.Version)
            return new Error("config-changed", $"The configuration of {site.Name} was changed by somebody else meanwhile.", "Look at it as it is now, and make your change again.");

        var request = new ChangeSiteConfigRequest(order.Version, values, order.Remove);
        var job = jobs.ForSite(SiteJobTypes.ChangeConfig, site, SiteWorkRoutes.ForConfig(bench.Name, site.Name), request, SiteWorkJson.Default.ChangeSiteConfigRequest);
        var edits = Edits(now.Value, values, order.Remove);
        db.SiteConfigChanges.Add(new SiteConfigChange
        {
            Id = NewId.At(time),
            TeamId = site.TeamId,
            SiteId = site.Id,
            JobId = job.Id,
            At = time.GetUtcNow(),
            UserName = actor.Name,
            UndoOf = order.UndoOf,
            EditsJson = SiteConfigChange.Write(edits),
        });
        var keys = string.Join(", ", order.Set.Keys.Concat(order.Remove));
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "change-site-config", $"Changed the configuration of {site.Name}: {keys}", before: Describe(edits, edit => edit.Before), after: Describe(edits, edit => edit.IsRemoved ? "removed" : edit.After)), cancel);
    }

    private static Error? Read(SiteConfigOrder order, out Dictionary<string, JsonElement> values)
    {
        values = new(StringComparer.Ordinal);
        if (order.Set.Count + order.Remove.Count is 0 or > SiteConfigRules.MostKeys)
            return new Error("config-nothing", "There is nothing to change.");
        foreach (var key in order.Set.Keys.Concat(order.Remove))
        {
            if (!SiteConfigRules.IsKey(key))
                return new Error("config-key-invalid", $"\"{key}\" cannot be a key.", SiteConfigRules.KeyRule);
            if (SiteConfigRules.IsProtected(key))
                return new Error("config-key-protected", $"{key} is kept by the bench or by the portal.", "Maintenance, domains and the like have a page of their own.");
        }

        foreach (var (key, text) in order.Set)
        {
            if (text.Length > SiteConfigRules.LongestValue)
                return new Error("config-value-long", $"The value of {key} is too long.", $"At most {SiteConfigRules.LongestValue} characters.");
            try
            {
                using var value = JsonDocument.Parse(text);
                values[key] = value.RootElement.Clone();
            }
            catch (JsonException)
            {
                return new Error("config-value-invalid", $"The value of {key} is not JSON.", "A text stands in quotes: \"text\"; a number and true or false do not.");
            }
        }

        return null;
    }

    private static string Describe(List<SiteConfigEdit> edits, Func<SiteConfigEdit, string?> value) =>
        string.Join("; ", edits.Select(edit => $"{edit.Key}: {(edit.IsSecret ? "not shown" : value(edit) ?? "not set")}"));

    private static List<SiteConfigEdit> Edits(SiteConfigInfo now, Dictionary<string, JsonElement> values, IReadOnlyList<string> removed)
    {
        var edits = new List<SiteConfigEdit>();
        foreach (var key in values.Keys.Concat(removed))
        {
            var before = now.Keys.FirstOrDefault(each => each.Key == key);
            var isSecret = before?.IsSecret == true || SiteConfigRules.IsSecret(key) || values.TryGetValue(key, out var value) && SiteConfigRules.IsSecret(key, value);
            edits.Add(new SiteConfigEdit(
                key,
                isSecret,
                isSecret ? null : before?.Value?.GetRawText(),
                isSecret || !values.TryGetValue(key, out var after) ? null : after.GetRawText(),
                !values.ContainsKey(key)));
        }

        return edits;
    }
}

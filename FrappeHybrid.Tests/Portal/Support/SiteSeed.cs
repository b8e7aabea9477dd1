using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>What the pages of a site's everyday work show: facts, domains, configuration, its history.</summary>
internal static class SiteSeed
{
    public static void Add(PortalDb db, Guid team, Guid site, Guid job, DateTimeOffset now)
    {
        foreach (var name in (string[])["www.shop.example.com", "shop.example.net", "a-rather-long-name-for-a-campaign-of-last-winter.marketing.shop.example.com"])
        {
            var domain = new SiteDomain { Id = NewId.At(TimeProvider.System), TeamId = team, SiteId = site, Name = DomainName.Parse(name), AddedAt = now.AddDays(-3) };
            db.Add(domain);
            db.Entry(domain).Property(each => each.State).CurrentValue = SiteDomainState.Active;
        }

        db.Add(new SiteConfigChange
        {
            Id = NewId.At(TimeProvider.System),
            TeamId = team,
            SiteId = site,
            JobId = job,
            At = now.AddHours(-2),
            UserName = "anna@example.com",
            EditsJson = """[{"Key":"developer_mode","IsSecret":false,"Before":"1","After":"0","IsRemoved":false},{"Key":"mail_password","IsSecret":true,"IsRemoved":false}]""",
        });
    }

    /// <summary>What the Agent says; null for another path.</summary>
    public static string? Answer(string path) => path.Split('/')[^1] switch
    {
        "facts" => JsonSerializer.Serialize(
            new SiteFactsInfo(
                TimeProvider.System.GetUtcNow(),
                [new(AppName.Parse("frappe"), "15.50.0"), new(AppName.Parse("erpnext"), "15.48.2")],
                734_003_200,
                2_254_857_830,
                SchedulerEnabled: true,
                SchedulerPaused: path.Contains("shop3", StringComparison.Ordinal),
                MaintenanceMode: path.Contains("shop3", StringComparison.Ordinal),
                QueuedJobs: 3,
                [DomainName.Parse("shop.example.com")],
                DomainName.Parse("shop.example.com")),
            SiteWorkJson.Default.SiteFactsInfo),
        "config" => """
            {"version":"v1","keys":[{"key":"allow_cors","value":["https://shop.example.com","https://pay.example.com"],"isSecret":false,"isProtected":false},
            {"key":"db_name","value":"_6d94780e7072212f","isSecret":false,"isProtected":true},{"key":"db_password","isSecret":true,"isProtected":true},
            {"key":"developer_mode","value":0,"isSecret":false,"isProtected":false},{"key":"encryption_key","isSecret":true,"isProtected":true},
            {"key":"loyalty_gateway","value":{"retries":3,"url":"https://pay.example.com/api/v2"},"isSecret":false,"isProtected":false},
            {"key":"mail_password","isSecret":true,"isProtected":false},{"key":"mail_server","value":"smtp.example.com","isSecret":false,"isProtected":false},
            {"key":"max_file_size","value":26214400,"isSecret":false,"isProtected":false}]}
            """,
        "uninstall-preview" => """{"lines":["Would uninstall App erpnext from Site shop.example.com"],"doctypes":[{"doctype":"Sales Invoice","documents":18233},{"doctype":"Item","documents":4120},{"doctype":"Customer","documents":990},{"doctype":"Warehouse","documents":0}]}""",
        _ => null,
    };
}

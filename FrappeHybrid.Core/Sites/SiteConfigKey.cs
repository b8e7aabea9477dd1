namespace FrappeHybrid.Core.Sites;

/// <summary>A key of site_config.json that Frappe knows (frappe/utils, frappe/app and the documentation of version 15 and 16).</summary>
/// <param name="Key">Its name.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Description">What it does, in a sentence.</param>
public sealed record SiteConfigKey(string Key, SiteConfigKind Kind, string Description)
{
    /// <summary>Those that a person may set here, by name.</summary>
    public static IReadOnlyList<SiteConfigKey> All { get; } =
    [
        new("allow_cors", SiteConfigKind.Json, "Origins whose pages may call the site's API: \"*\", one origin, or a list of them."),
        new("allow_tests", SiteConfigKind.Switch, "Lets the test runner work on this site. Never on a site with real data."),
        new("allowed_referrers", SiteConfigKind.Json, "Further hosts from which forms may be posted: a list."),
        new("auto_email_id", SiteConfigKind.Text, "The sender's address of e-mails that the site writes by itself."),
        new("backup_encryption_key", SiteConfigKind.Text, "Encrypts the backups that the site itself makes. Without it they cannot be read."),
        new("backup_limit", SiteConfigKind.Number, "How many of its own backups the site keeps for download."),
        new("deny_multiple_sessions", SiteConfigKind.Switch, "A new sign-in ends the other sessions of the same user."),
        new("developer_mode", SiteConfigKind.Switch, "Changes to standard documents are written to files. Slower, and not for a live site."),
        new("disable_async", SiteConfigKind.Switch, "No live updates through socket.io."),
        new("disable_session_cache", SiteConfigKind.Switch, "What a user sees at sign-in is worked out anew each time."),
        new("disable_website_cache", SiteConfigKind.Switch, "Web pages are rendered anew for each visitor."),
        new("dns_multitenant", SiteConfigKind.Switch, "Sites are told apart by the name that the visitor used."),
        new("enable_frappe_logger", SiteConfigKind.Switch, "More lines in the site's own logs."),
        new("error_report_email", SiteConfigKind.Text, "Where errors of the site are reported."),
        new("global_help_setup", SiteConfigKind.Switch, "The help in the desk covers all apps."),
        new("google_analytics_id", SiteConfigKind.Text, "Counts visitors of the web pages."),
        new("hide_on_prem_banner", SiteConfigKind.Switch, "No advertisement for hosting in the desk."),
        new("http_timeout", SiteConfigKind.Number, "Seconds after which a request is given up."),
        new("ignore_csrf", SiteConfigKind.Switch, "Posts without the token of the session are taken. Opens the site to forged requests."),
        new("keep_backups_for_hours", SiteConfigKind.Number, "How long the site keeps the backups that it makes itself."),
        new("limits", SiteConfigKind.Json, "Ceilings for users, e-mails and space: an object."),
        new("logging", SiteConfigKind.Number, "Level of detail of the site's logs: 0, 1 or 2."),
        new("mail_login", SiteConfigKind.Text, "User name for the outgoing mail server."),
        new("mail_password", SiteConfigKind.Text, "Password for the outgoing mail server."),
        new("mail_port", SiteConfigKind.Number, "Port of the outgoing mail server."),
        new("mail_server", SiteConfigKind.Text, "Host of the outgoing mail server."),
        new("max_file_size", SiteConfigKind.Number, "Largest upload, in bytes."),
        new("max_reports_per_user", SiteConfigKind.Number, "How many prepared reports a user may have made at the same time."),
        new("monitor", SiteConfigKind.Switch, "Writes a line about each request and each background job to monitor.json.log."),
        new("mute_emails", SiteConfigKind.Switch, "No e-mail leaves the site."),
        new("rate_limit", SiteConfigKind.Json, "Requests within a window: {\"limit\": 600, \"window\": 3600}."),
        new("root_redirect", SiteConfigKind.Text, "Where visitors of / are sent."),
        new("server_script_enabled", SiteConfigKind.Switch, "Lets administrators write scripts that run on the server."),
        new("session_expiry", SiteConfigKind.Text, "How long a session lasts without use, as hours:minutes."),
        new("skip_setup_wizard", SiteConfigKind.Switch, "No questions at the first sign-in."),
        new("use_ssl", SiteConfigKind.Switch, "The connection to the mail server is encrypted from its start."),
        new("use_tls", SiteConfigKind.Switch, "The connection to the mail server is encrypted by STARTTLS."),
    ];

    /// <summary>The known key of this name; null for one that Frappe does not document, which is allowed all the same.</summary>
    public static SiteConfigKey? Find(string key) => All.FirstOrDefault(each => each.Key == key);
}

using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Webhooks;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>Notifications of several days, and a team's webhooks: one that works, one that fails, one that the portal switched off, one that is off.</summary>
internal sealed class ToldSeed(PortalDb db, Guid team, Guid server, Guid site, SecretVault vault, TimeProvider time)
{
    private const string Body = """{"id":"0193512e-7d8a-7c61-9a52-3f0f6f3c9b11","kind":"backup-failed","at":"2026-11-22T01:35:12Z","team":{"id":"0193512e-0000-7000-8000-000000000001","name":"Example Hosting"},"place":{"server":{"id":"0193512e-0000-7000-8000-000000000002","name":"Frankfurt"},"bench":null,"site":null},"title":"Backup of shop.sites.example.com failed","link":"https://portal.example.com/jobs/0193512e-0000-7000-8000-000000000003","data":{"result":"failed","detail":"The server's disk is full."}}""";
    private const string Headers = "User-Agent: FrappeHybrid-Webhook/1\nX-FrappeHybrid-Event: backup-failed\nX-FrappeHybrid-Delivery: 0193512e-7d8a-7c61-9a52-3f0f6f3c9b11\nX-FrappeHybrid-Timestamp: 1795311312\nX-FrappeHybrid-Signature: v1=…\nContent-Type: application/json; charset=utf-8";

    private DateTimeOffset Now => time.GetUtcNow();

    public Guid Hook { get; private set; }

    public Guid SwitchedOff { get; private set; }

    public void Add(Guid user)
    {
        (NotificationKind Kind, double HoursAgo, string Title, string? Detail, bool IsRead)[] told =
        [
            (NotificationKind.ServerUnreachable, 0.2, "Oslo does not answer", "The Agent of Oslo has not answered for 60 seconds.", false),
            (NotificationKind.JobFailed, 1, "New Site of a-customer-with-a-very-long-domain-name-indeed.subsidiary.accounting.sites.example.com failed", "MariaDB does not answer.", false),
            (NotificationKind.BackupFailed, 3, "Backup of shop.sites.example.com failed", "The server's disk is full.", false),
            (NotificationKind.SupportAsked, 9, "support@example.com of support asks for access to Frankfurt", "The mail queue hangs, as you wrote in ticket 4711.", true),
            (NotificationKind.ServerBack, 26, "Frankfurt answers again", "It was away for 14 min.", true),
            (NotificationKind.MemberJoined, 27, "developer@example.com joined as Developer", null, true),
            (NotificationKind.PlayDone, 70, "Set up server of Frankfurt is done", null, true),
            (NotificationKind.NewSignIn, 71, "Firefox on Linux signed in to your account", "From 203.0.113.7. If this was not you, sign it out and change your password.", true),
        ];
        foreach (var (kind, hours, title, detail, isRead) in told)
            AddTold(user, kind, Now.AddHours(-hours), title, detail, isRead);
        for (var number = 0; number < 60; number++)
            AddTold(user, NotificationKind.PlayDone, Now.AddDays(-8 - number), "Reboot of Frankfurt is done", null, true);
        AddWebhooks();
    }

    private void AddTold(Guid user, NotificationKind kind, DateTimeOffset at, string title, string? detail, bool isRead)
    {
        var isPersonal = NotificationKinds.Of(kind).IsPersonal;
        var happened = new NotificationEvent
        {
            Id = NewId.At(time),
            TeamId = isPersonal ? Guid.Empty : team,
            ServerId = isPersonal ? null : server,
            UserId = isPersonal ? user : null,
            Kind = kind,
            Title = title,
            Detail = detail,
            Path = "/jobs",
            At = at,
            FannedOutAt = at,
        };
        db.Add(happened);
        db.Add(new Notification { Id = NewId.At(time), EventId = happened.Id, UserId = user, At = at, InBell = true, ByEmail = false, ReadAt = isRead ? at : null });
    }

    private void AddWebhooks()
    {
        var works = NewHook("https://hooks.example.com/services/T0AB/chat?token=9f2c", "Alerts in the team's chat");
        var fails = NewHook("https://tickets.example.net/api/v2/incoming/frappe-hybrid", "");
        fails.FailingSince = Now.AddHours(-20);
        var off = NewHook("https://old-monitoring.example.org/", "The monitoring of before");
        (off.IsActive, off.SwitchedOffAt) = (false, Now.AddHours(-2));
        var quiet = NewHook("https://staging.example.com/hook", "Staging");
        quiet.IsActive = false;
        db.AddRange(works, fails, off, quiet);
        (Hook, SwitchedOff) = (works.Id, off.Id);
        works.OldSecretUntil = Now.AddHours(19);
        works.OldSecretProtected = works.SecretProtected;
        AddDelivery(works.Id, "backup-failed", "Backup of shop.sites.example.com failed", 3, WebhookDeliveryState.Delivered, [(503, "The receiver answered 503.", "<html><body>Down for maintenance</body></html>"), (200, null, "ok")]);
        AddDelivery(works.Id, "server-unreachable", "Oslo does not answer", 0.2, WebhookDeliveryState.Waiting, [(null, "The receiver did not answer within 10 seconds.", null)]);
        AddDelivery(works.Id, "job-failed", "New Site of a-customer-with-a-very-long-domain-name-indeed.subsidiary.accounting.sites.example.com failed", 30, WebhookDeliveryState.Failed, [(302, "The receiver answered 302: redirects are not followed.", "")]);
        AddDelivery(works.Id, WebhookDelivery.TestKind, "This is a test of the webhook", 48, WebhookDeliveryState.Delivered, [(204, null, "")]);
    }

    private Webhook NewHook(string url, string description) => new()
    {
        Id = NewId.At(time),
        TeamId = team,
        Url = url,
        Description = description,
        Kinds = ["job-failed", "backup-failed", "server-unreachable"],
        SecretProtected = vault.Protect(Webhook.SecretPurpose, site.ToString()),
        CreatedAt = Now.AddDays(-40),
    };

    private void AddDelivery(Guid hook, string kind, string title, double hoursAgo, WebhookDeliveryState state, (int? Status, string? Problem, string? Answer)[] tries)
    {
        var at = Now.AddHours(-hoursAgo);
        var delivery = new WebhookDelivery { Id = NewId.At(time), TeamId = team, WebhookId = hook, Kind = kind, Title = title, Body = Body, CreatedAt = at, BegunAt = at };
        delivery.Begin(at);
        if (state is WebhookDeliveryState.Waiting)
            delivery.NextTryAt = Now.AddHours(2);
        else
            delivery.End(state);
        for (var number = 0; number < tries.Length; number++)
        {
            var (status, problem, answer) = tries[number];
            delivery.Tries.Add(new WebhookTry { Id = NewId.At(time), DeliveryId = delivery.Id, At = at.AddMinutes(number), Status = status, Took = TimeSpan.FromMilliseconds(status is null ? 10_000 : 184), Problem = problem, RequestHeaders = Headers, Answer = answer });
        }

        db.Add(delivery);
    }
}

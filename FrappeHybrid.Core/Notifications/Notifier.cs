using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Notifications;

/// <summary>
/// Where acts and engines tell that something happened: in the same save as what happened, so that there is never one without the other. Bell, e-mail and webhooks
/// are no concern of theirs. What is told holds no secret and no output.
/// </summary>
public sealed class Notifier(TimeProvider time)
{
    /// <summary>The most characters of a title.</summary>
    public const int LongestTitle = 200;

    /// <summary>The most characters of a detail.</summary>
    public const int LongestDetail = 500;

    /// <summary>Adds it to what the caller is about to save.</summary>
    /// <param name="title">One sentence without a full stop.</param>
    /// <param name="path">The page that shows it, beginning with one slash.</param>
    /// <param name="detail">Why; no secret, no output.</param>
    /// <param name="userId">The person whom it is about, who is told whatever the rights.</param>
    public void Tell(PortalDb db, NotificationKind kind, Place place, string title, string path, string? detail = null, Guid? userId = null)
    {
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal))
            throw new ArgumentException("A path of the portal begins with one slash.", nameof(path));
        db.NotificationEvents.Add(new NotificationEvent
        {
            Id = NewId.At(time),
            TeamId = place.TeamId,
            ServerId = place.ServerId,
            BenchId = place.BenchId,
            SiteId = place.SiteId,
            UserId = userId,
            Kind = kind,
            Title = OneLine(title, LongestTitle) ?? "",
            Detail = OneLine(detail, LongestDetail),
            Path = path,
            At = time.GetUtcNow(),
        });
    }

    /// <summary>A job has ended: told when it did not succeed and nobody cancelled it.</summary>
    public void JobEnded(PortalDb db, Job job)
    {
        if (job.State is not (RunState.Failure or RunState.DeliveryFailure))
            return;
        var kind = BackupJobTypes.All.Any(type => type.Key == job.Type) ? NotificationKind.BackupFailed : NotificationKind.JobFailed;
        Tell(db, kind, job.Place, $"{job.Title} of {job.Subject} failed", $"/jobs/{job.Id}", job.ErrorMessage);
    }

    /// <summary>A play has ended, well or not.</summary>
    public void PlayEnded(PortalDb db, Play play, Server server) => Tell(
        db,
        play.State is RunState.Success ? NotificationKind.PlayDone : NotificationKind.PlayFailed,
        play.Place,
        $"{play.Title} of {server.Name} {(play.State is RunState.Success ? "is done" : "failed")}",
        $"/plays/{play.Id}",
        play.ErrorMessage);

    /// <summary>A server has been away for long enough to be told.</summary>
    public void ServerUnreachable(PortalDb db, Server server) =>
        Tell(db, NotificationKind.ServerUnreachable, server.Place, $"{server.Name} does not answer", $"/servers/{server.Id}", server.StateReason);

    /// <summary>A server that was told as away is back.</summary>
    public void ServerBack(PortalDb db, Server server, TimeSpan away) =>
        Tell(db, NotificationKind.ServerBack, server.Place, $"{server.Name} answers again", $"/servers/{server.Id}", away.TotalMinutes >= 1 ? $"It was away for {(long)away.TotalMinutes} min." : null);

    /// <summary>What became of support's wish to be let in: asked, granted, refused or ended, as the access says now.</summary>
    public void SupportAccessChanged(PortalDb db, SupportAccess access)
    {
        var (kind, title) = access.State switch
        {
            SupportAccessState.Asked => (NotificationKind.SupportAsked, $"{access.UserName} of support asks for access to {access.ThingName}"),
            SupportAccessState.Granted => (NotificationKind.SupportGranted, $"{access.UserName} of support was let in to {access.ThingName}"),
            SupportAccessState.Refused => (NotificationKind.SupportEnded, $"{access.UserName} of support was not let in to {access.ThingName}"),
            SupportAccessState.Ended => (NotificationKind.SupportEnded, $"The access of {access.UserName} of support to {access.ThingName} ended"),
            _ => throw new ArgumentOutOfRangeException(nameof(access), access.State, "Not a state of an access."),
        };
        // The reason is what support wrote for the owner; the support person hears what was decided.
        Tell(db, kind, access.Place, title, $"/teams/{access.TeamId}/support", access.State is SupportAccessState.Asked ? access.Reason : null, access.State is SupportAccessState.Asked ? null : access.UserId);
    }

    /// <summary>Somebody is new in the team.</summary>
    public void MemberJoined(PortalDb db, Guid teamId, string userName, TeamRole role) =>
        Tell(db, NotificationKind.MemberJoined, new Place(teamId), $"{userName} joined as {role}", Members(teamId));

    /// <summary>Somebody left the team or was removed from it.</summary>
    public void MemberLeft(PortalDb db, Guid teamId, string userName) =>
        Tell(db, NotificationKind.MemberLeft, new Place(teamId), $"{userName} is no longer in the team", Members(teamId));

    /// <summary>Somebody has another role, or another place where it holds; that person is told, too.</summary>
    public void MemberRoleChanged(PortalDb db, Guid teamId, Guid userId, string userName, TeamRole role) =>
        Tell(db, NotificationKind.MemberRoleChanged, new Place(teamId), $"{userName} is {role} now", Members(teamId), userId: userId);

    /// <summary>Somebody signed in from a browser that the account had not seen before; only the account's owner is told.</summary>
    /// <param name="browser">What it says it is, e.g. "Firefox on Linux".</param>
    /// <param name="address">The IP address.</param>
    public void NewSignIn(PortalDb db, Guid userId, string browser, string? address) =>
        Tell(db, NotificationKind.NewSignIn, Place.Portal, $"{browser} signed in to your account", "/account/sessions", address is null ? null : $"From {address}. If this was not you, sign it out and change your password.", userId);

    private static string Members(Guid teamId) => $"/teams/{teamId}";

    // Names and reasons come from outside: one line, so that nothing of them becomes a line of a letter or a header.
    private static string? OneLine(string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var line = string.Join(' ', string.Concat(text.Select(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.Format ? ' ' : letter)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line[..(longest - 1)] + "…";
    }
}

using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Mail;

/// <summary>What the operator's page asks about mail; nobody else gets anything.</summary>
public sealed class MailQueries(IDbContextFactory<PortalDb> databases, MailOptions options, CoreOptions core, MailOutbox outbox, MailSender sender)
{
    /// <summary>The outbox: what waits, newest first, then what was given up.</summary>
    public async Task<IReadOnlyList<MailView>> ListAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Capability.OperatePortal, Place.Portal))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.OutgoingMails.AsNoTracking()
            .OrderBy(mail => mail.GaveUpAt != null).ThenByDescending(mail => mail.CreatedAt)
            .Take(200)
            .Select(mail => new MailView(mail.Id, mail.To, mail.Subject, mail.CreatedAt, mail.Attempts, mail.LastError, mail.NextTryAt, mail.GivesUpAt, mail.GaveUpAt))
            .ToListAsync(cancel);
    }

    /// <summary>How mail is set up; null for anybody but the operator.</summary>
    public MailSetup? Setup(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Capability.OperatePortal, Place.Portal)
            ? new MailSetup(
                outbox.Problem,
                options.Host.Length > 0 ? $"{options.Host}:{options.Port}" : null,
                options.Security,
                options.User,
                options.FromName.Length > 0 ? $"{options.FromName} <{options.From}>" : options.From,
                options.IsFolder ? options.FolderPath : null,
                core.PublicAddress)
            : null;
    }

    /// <summary>The last letter that was accepted since the portal was started; null when there was none.</summary>
    public MailReceipt? LastAccepted(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Capability.OperatePortal, Place.Portal) ? sender.LastAccepted : null;
    }

    /// <summary>The last letters that were written to files, newest first; nothing when letters are really sent, because their texts are nobody's to read.</summary>
    public async Task<IReadOnlyList<MailFileView>> FilesAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return options.IsFolder && actor.May(Capability.OperatePortal, Place.Portal) ? await new FolderTransport(options).ReadLastAsync(cancel) : [];
    }
}

using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Mail;

/// <summary>
/// Sends what lies in the outbox, one letter after the other, and nothing else waits for it. A letter's row goes once it was accepted; killed in between, the portal
/// sends it again with the same Message-ID: at least once, and a double is recognisable.
/// </summary>
public sealed class MailSender(
    IDbContextFactory<PortalDb> databases,
    IMailTransport transport,
    MailOptions options,
    CoreOptions core,
    SecretVault vault,
    LiveChanges live,
    TimeProvider time,
    ILogger<MailSender> logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>The last letter that was accepted since the start.</summary>
    public MailReceipt? LastAccepted { get; private set; }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var signal = new DispatchSignal();
        using var subscription = live.Subscribe(change =>
        {
            if (change.Entity == nameof(OutgoingMail))
                signal.Raise();
        });
        while (true)
        {
            TimeSpan? wait;
            try
            {
                wait = await SendDueAsync(cancel);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "The outbox could not be worked through");
                wait = AfterFault;
            }

            await WaitAsync(signal, wait, cancel);
        }
    }

    /// <summary>Sends everything that is due; returns how long until something is due again, null when nothing waits.</summary>
    public async Task<TimeSpan?> SendDueAsync(CancellationToken cancel)
    {
        await GiveUpOverdueAsync(cancel);
        while (!options.IsOff && await NextDueAsync(cancel) is { } id)
            await SendAsync(id, cancel);

        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = db.OutgoingMails.Where(mail => mail.GaveUpAt == null);
        var next = options.IsOff
            ? await waiting.MinAsync(mail => (DateTimeOffset?)mail.GivesUpAt, cancel)
            : await waiting.MinAsync(mail => (DateTimeOffset?)(mail.NextTryAt < mail.GivesUpAt ? mail.NextTryAt : mail.GivesUpAt), cancel);
        return next is { } at ? Max(at - time.GetUtcNow(), TimeSpan.Zero) : null;
    }

    private async Task SendAsync(Guid id, CancellationToken cancel)
    {
        OutgoingMail? mail;
        await using (var db = await databases.CreateDbContextAsync(cancel))
            mail = await db.OutgoingMails.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (mail is null)
            return;
        try
        {
            LastAccepted = new MailReceipt(id, time.GetUtcNow(), await HandOverAsync(mail, cancel));
        }
        catch (MailException exception)
        {
            await NoteAsync(id, exception, cancel);
            return;
        }

        await using (var db = await databases.CreateDbContextAsync(cancel))
            await db.OutgoingMails.Where(each => each.Id == id).ExecuteDeleteAsync(cancel);
        // A delete by statement passes the interceptor by.
        live.Publish(new LiveChange(nameof(OutgoingMail), id, Guid.Empty));
    }

    private async Task<string> HandOverAsync(OutgoingMail mail, CancellationToken cancel)
    {
        try
        {
            var sender = options.FromName.Length > 0 ? options.FromName : options.From;
            var text = MailText.WithFooter(vault.Open(MailOutbox.Purpose, mail.TextProtected), sender, core.PublicAddress);
            return await transport.SendAsync(new MailLetter(mail.Id, options.From, options.FromName, mail.To, mail.Subject, text, mail.CreatedAt), cancel);
        }
        catch (CryptographicException exception)
        {
            throw new MailException(MailTrouble.Final, new Error("mail-sealed", "The text of this letter was encrypted with another key ring and cannot be opened.", "Whoever waits for it has to ask for it anew."), exception);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or MailException))
        {
            // A bug must not let one letter stand in the way of the others. What the exception says may be of the text: only its kind is told.
            logger.LogError("Letter {Letter} could not be handed over: {Kind}", mail.Id, exception.GetType().FullName);
            throw new MailException(MailTrouble.Letter, new Error("mail-fault", "The portal failed to send this letter; its log names the fault."), exception);
        }
    }

    // When the server as a whole is in trouble, all that is due waits: it is not asked once for each of them.
    private async Task NoteAsync(Guid id, MailException failure, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var isServer = failure.Trouble is MailTrouble.Server;
        var touched = await db.OutgoingMails.Where(mail => mail.Id == id || (isServer && mail.GaveUpAt == null && mail.NextTryAt <= now)).ToListAsync(cancel);
        foreach (var mail in touched)
        {
            mail.Fail(Sentence(failure.Error), now);
            if (failure.Trouble is MailTrouble.Final)
                mail.GiveUp(Sentence(failure.Error), now);
        }

        logger.LogWarning("Letter {Letter} was not accepted ({Code}, {Trouble}); {Count} wait for the next try", id, failure.Error.Code, failure.Trouble, touched.Count(mail => mail.GaveUpAt is null));
        await SaveAsync(db, cancel);
    }

    private async Task GiveUpOverdueAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var mail in await db.OutgoingMails.Where(mail => mail.GaveUpAt == null && mail.GivesUpAt <= now).ToListAsync(cancel))
            mail.GiveUp(mail.LastError ?? "For a day there was no mail server to give it to.", now);
        await SaveAsync(db, cancel);
    }

    private async Task<Guid?> NextDueAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        return await db.OutgoingMails
            .Where(mail => mail.GaveUpAt == null && mail.NextTryAt <= now)
            .OrderBy(mail => mail.CreatedAt)
            .Select(mail => (Guid?)mail.Id)
            .FirstOrDefaultAsync(cancel);
    }

    // The operator may have deleted one meanwhile; then there is nothing to note.
    private static async Task SaveAsync(PortalDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Looked at again with the next round.
        }
    }

    private async Task WaitAsync(DispatchSignal signal, TimeSpan? wait, CancellationToken cancel)
    {
        if (wait is null)
        {
            await signal.WaitAsync(cancel);
            return;
        }

        using var timer = new CancellationTokenSource(wait.Value, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            await signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    private static string Sentence(Error error) => error.Advice is null ? error.Message : $"{error.Message} {error.Advice}";

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

using System.Globalization;
using System.Text;
using System.Threading.Channels;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Puts what people are to be told into letters: at most one a person and minute, with all in it that has come meanwhile.</summary>
public sealed class NotificationMailer(IDbContextFactory<PortalDb> databases, MailOutbox outbox, CoreOptions options, LiveChanges live, TimeProvider time, ILogger<NotificationMailer> logger)
{
    /// <summary>Between two letters to the same person.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>So long the first one waits for others: what breaks together is told together.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromSeconds(5);

    private const int MostInOne = 40;
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var happened = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = live.Subscribe(change =>
        {
            if (change.Entity == nameof(Notification))
                happened.Writer.TryWrite(true);
        });
        while (true)
        {
            TimeSpan? wait;
            try
            {
                wait = await RunOnceAsync(cancel);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Letters with notifications could not be written");
                wait = AfterFault;
            }

            if (wait is null)
                await happened.Reader.ReadAsync(cancel);
            else
                await Task.Delay(wait.Value, time, cancel);
        }
    }

    /// <summary>Writes the letters that are due now; when the next one is, null when nothing waits.</summary>
    public async Task<TimeSpan?> RunOnceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await db.Notifications.AsNoTracking()
            .Where(notification => notification.ByEmail && notification.MailedAt == null)
            .GroupBy(notification => notification.UserId)
            .Select(each => new { UserId = each.Key, First = each.Min(notification => notification.At) })
            .ToListAsync(cancel);
        TimeSpan? next = null;
        foreach (var person in waiting)
        {
            var last = await db.Notifications.Where(notification => notification.UserId == person.UserId && notification.MailedAt != null).MaxAsync(notification => notification.MailedAt, cancel);
            var due = person.First + Gather;
            if (last + Between is { } pause && pause > due)
                due = pause;
            var wait = due - time.GetUtcNow();
            if (wait <= TimeSpan.Zero)
                await WriteAsync(person.UserId, cancel);
            else if (next is null || wait < next)
                next = wait;
        }

        return next;
    }

    private async Task WriteAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var due = await db.Notifications.Include(notification => notification.Event)
            .Where(notification => notification.UserId == userId && notification.ByEmail && notification.MailedAt == null)
            .OrderBy(notification => notification.At)
            .ToListAsync(cancel);
        var email = await db.Users.Where(user => user.Id == userId && user.EmailConfirmed).Select(user => user.Email).SingleOrDefaultAsync(cancel);
        // Nobody is written to at an address that may be somebody else's.
        if (email is { Length: > 0 } && due.Count > 0)
            outbox.Add(db, email, Subject(due), await TextAsync(db, due, cancel));
        foreach (var notification in due)
            notification.MailedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
    }

    private static string Subject(List<Notification> due)
    {
        var more = due.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {due.Count - 1} more)");
        var title = due[0].Event.Title;
        return title.Length + more.Length <= Notifier.LongestTitle ? title + more : title[..(Notifier.LongestTitle - more.Length - 1)] + "…" + more;
    }

    private async Task<string> TextAsync(PortalDb db, List<Notification> due, CancellationToken cancel)
    {
        var teams = due.Select(notification => notification.Event.TeamId).Distinct().ToList();
        var names = await db.Teams.AsNoTracking().Where(team => teams.Contains(team.Id)).ToDictionaryAsync(team => team.Id, team => team.Name, cancel);
        var text = new StringBuilder();
        foreach (var told in due.Take(MostInOne).Select(notification => notification.Event))
        {
            text.Append(told.Title).Append('\n');
            if (told.Detail is not null)
                text.Append(told.Detail).Append('\n');
            var team = names.GetValueOrDefault(told.TeamId);
            text.Append(CultureInfo.InvariantCulture, $"{told.At.UtcDateTime:d MMM yyyy HH:mm} UTC{(team is null ? "" : $", team {team}")}\n");
            if (options.LinkTo(told.Path) is { } link)
                text.Append(link).Append('\n');
            text.Append('\n');
        }

        if (due.Count > MostInOne)
            text.Append(CultureInfo.InvariantCulture, $"And {due.Count - MostInOne} more: see them in the portal.\n\n");
        text.Append("Choose what you are told of in your account, under Notifications");
        return text.Append(options.LinkTo("/account/notifications") is { } page ? $":\n{page}\n" : ".\n").ToString();
    }
}

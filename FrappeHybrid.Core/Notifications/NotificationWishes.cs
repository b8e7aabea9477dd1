using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Writes wishes down.</summary>
internal static class NotificationWishes
{
    /// <summary>They take the place of what was chosen by that person for that team, which is returned.</summary>
    public static async Task<IReadOnlyList<NotificationWish>> ReplaceAsync(PortalDb db, Guid userId, Guid teamId, IReadOnlyList<NotificationWish> wishes, CancellationToken cancel)
    {
        var before = await db.NotificationChoices.Where(choice => choice.UserId == userId && choice.TeamId == teamId).ToListAsync(cancel);
        List<NotificationWish> chosen = [.. before.OrderBy(choice => choice.Kind).Select(choice => new NotificationWish(choice.Kind, choice.InBell, choice.ByEmail))];
        db.NotificationChoices.RemoveRange(before.Where(choice => wishes.All(wish => wish.Kind != choice.Kind)));
        foreach (var wish in wishes.DistinctBy(wish => wish.Kind))
        {
            if (before.Find(choice => choice.Kind == wish.Kind) is { } choice)
                (choice.InBell, choice.ByEmail) = (wish.InBell, wish.ByEmail);
            else
                db.NotificationChoices.Add(new NotificationChoice { UserId = userId, TeamId = teamId, Kind = wish.Kind, InBell = wish.InBell, ByEmail = wish.ByEmail });
        }

        return chosen;
    }

    /// <summary>For the activity: "job-failed: bell, e-mail; server-back: nothing".</summary>
    public static string Describe(IReadOnlyList<NotificationWish> wishes) => wishes.Count == 0 ? "as everywhere" : string.Join("; ", wishes.Select(wish =>
        $"{NotificationKinds.Of(wish.Kind).Key}: {(wish.InBell, wish.ByEmail) switch { (true, true) => "bell, e-mail", (true, false) => "bell", (false, true) => "e-mail", (false, false) => "nothing" }}"));
}

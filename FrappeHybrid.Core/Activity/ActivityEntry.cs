using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Activity;

/// <summary>Who did what, when, from where, with what result: append-only, never a secret, and each entry sealed onto the one before it (see <see cref="ActivityChain"/>).</summary>
public sealed class ActivityEntry : ITeamOwned
{
    /// <summary>The most characters of <see cref="Before"/> and <see cref="After"/>.</summary>
    public const int LongestSetting = 4000;

    public required Guid Id { get; init; }

    /// <summary>The team; empty for what concerns the portal itself.</summary>
    public required Guid TeamId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The actor's user id; empty for the portal itself and for somebody unknown.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The actor's name at that time.</summary>
    public required string UserName { get; init; }

    /// <summary>The API token with which a program acted in the user's name; null for a person.</summary>
    public string? TokenName { get; init; }

    /// <summary>The <see cref="SupportAccess"/> under which support did it; null for everybody else.</summary>
    public Guid? SupportAccessId { get; init; }

    /// <summary>From where: an IP address; null for the portal's own work.</summary>
    public string? Address { get; init; }

    /// <summary>What was done, e.g. "create-site".</summary>
    public required string Act { get; init; }

    public Guid? ServerId { get; init; }

    public Guid? BenchId { get; init; }

    public Guid? SiteId { get; init; }

    /// <summary>To what: an entity's id.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The job that does it; null when there is none.</summary>
    public Guid? JobId { get; set; }

    /// <summary>For a person, e.g. "Created site shop.example.com in bench main".</summary>
    public required string Summary { get; init; }

    /// <summary>Why, where a reason was asked.</summary>
    public string? Reason { get; init; }

    /// <summary>A setting as it was, as text without secrets; null where nothing was set.</summary>
    public string? Before { get; init; }

    /// <summary>The setting as it is since.</summary>
    public string? After { get; init; }

    public required ActivityResult Result { get; init; }

    /// <summary>Its place in the record: 1, 2, 3 and so on without a gap; 0 until it is stored.</summary>
    public long Number { get; private set; }

    /// <summary>Keyed hash (HMAC-SHA256, hex) over all of this and the seal of the entry before; empty until it is stored.</summary>
    public string Seal { get; private set; } = "";

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, BenchId, SiteId);

    /// <summary>A new entry for the actor's act.</summary>
    /// <param name="about">The entity that it was done to; the place's own when null.</param>
    public static ActivityEntry Of(
        TimeProvider time, Actor actor, Place place, string act, string summary, Guid? about = null, ActivityResult result = ActivityResult.Done, string? reason = null, string? before = null, string? after = null) => new()
        {
            Id = Common.NewId.At(time),
            TeamId = place.TeamId,
            ServerId = place.ServerId,
            BenchId = place.BenchId,
            SiteId = place.SiteId,
            At = time.GetUtcNow(),
            UserId = actor.UserId,
            UserName = actor.Name,
            TokenName = actor.Limit?.TokenName,
            SupportAccessId = actor.SupportAccessIn(place),
            Address = actor.Address,
            Act = act,
            SubjectId = about ?? place.SiteId ?? place.BenchId ?? place.ServerId,
            Summary = summary,
            Result = result,
            Reason = reason,
            Before = Cut(before),
            After = Cut(after),
        };

    /// <summary>Gives it its place behind the entry with that number and seal.</summary>
    internal void SealAfter(long number, string seal, byte[] key)
    {
        Number = number + 1;
        Seal = SealOf(seal, key);
    }

    /// <summary>The seal that it must have behind the entry with that seal.</summary>
    internal string SealOf(string before, byte[] key)
    {
        // Each field with its length, so that no two entries read the same.
        var text = new StringBuilder();
        foreach (var field in (string?[])[
            before, Number.ToString(CultureInfo.InvariantCulture), Id.ToString(), TeamId.ToString(), At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), UserId.ToString(), UserName, TokenName, Address, Act,
            ServerId?.ToString(), BenchId?.ToString(), SiteId?.ToString(), SubjectId?.ToString(), JobId?.ToString(), Summary, Reason, Before, After, Result.ToString(), SupportAccessId?.ToString()])
        {
            text.Append(CultureInfo.InvariantCulture, $"{field?.Length ?? -1}:{field};");
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string? Cut(string? text) => text is { Length: > LongestSetting } ? text[..LongestSetting] : text;
}

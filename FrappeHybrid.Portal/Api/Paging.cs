using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace FrappeHybrid.Portal.Api;

/// <summary>Which page of a list is wanted. The attributes are the properties': the description of the API cannot read those of a constructor.</summary>
internal sealed record Paging(
    [property: FromQuery(Name = "limit"), Description("How many at most: 1 to 200, normally 50.")] int? Limit,
    [property: FromQuery(Name = "cursor"), Description("Where the last page ended: its \"next\". Opaque; works for the same list with the same filters.")] string? Cursor)
{
    public static readonly Error CursorInvalid = new("cursor-invalid", "This cursor is none of this list.", "Begin without a cursor, then use \"next\" of each answer as it is.");

    private const int Usual = 50;
    private const int Most = 200;
    private static readonly Error LimitInvalid = new("filter-invalid", $"The limit is from 1 to {Most}.");

    /// <summary>How many; the error when what was asked cannot be.</summary>
    public Result<int> Count() => Limit is null ? Usual : Limit is >= 1 and <= Most ? Limit.Value : LimitInvalid;

    /// <summary>Where the last page ended: sort key and id, null at the beginning; the error when the cursor is none of ours.</summary>
    public Error? ReadCursor(out (string Key, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(Cursor))
            return null;
        if (Cursor.Length > 1000 || !Base64Url.IsValid(Cursor))
            return CursorInvalid;
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Cursor));
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !Guid.TryParseExact(text[..end], "N", out var id))
            return CursorInvalid;
        after = (text[(end + 1)..], id);
        return null;
    }

    /// <summary>A page out of rows that are all at hand, in the order of key and id.</summary>
    /// <param name="key">What they are sorted by; compared by code points.</param>
    public IResult Of<TRow, TItem>(HttpContext context, IEnumerable<TRow> rows, Func<TRow, (string Key, Guid Id)> key, Func<TRow, TItem> map)
    {
        var count = Count();
        if ((ReadCursor(out var after) ?? count.Error) is { } invalid)
            return ApiErrors.Of(invalid);
        var sorted = rows.Select(row => (Row: row, At: key(row))).Order(Comparer<(TRow Row, (string Key, Guid Id) At)>.Create((one, other) => Compare(one.At, other.At)));
        var rest = sorted.Where(each => after is not { } last || Compare(each.At, last) > 0).Take(count.Value + 1).ToList();
        List<(TRow Row, (string Key, Guid Id) At)> page = [.. rest.Take(count.Value)];
        return Answer(context, [.. page.Select(each => map(each.Row))], rest.Count > page.Count ? page[^1].At : null);
    }

    /// <summary>A page that was read as one, with where it ended when more follows.</summary>
    public static IResult Answer<TItem>(HttpContext context, IReadOnlyList<TItem> items, (string Key, Guid Id)? last)
    {
        string? next = null;
        if (last is { } end)
        {
            next = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{end.Id:N}\n{end.Key}"));
            var query = context.Request.Query.Where(each => !each.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase)).SelectMany(each => each.Value, (each, value) => KeyValuePair.Create(each.Key, value)).Append(KeyValuePair.Create("cursor", (string?)next));
            context.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(context.Request.Path, query)}>; rel=\"next\"";
        }

        return Results.Json(new ApiList<TItem>(items, next), ApiJson.Output);
    }

    /// <summary>A sort key for "newest first".</summary>
    public static string NewestFirst(DateTimeOffset at) => (long.MaxValue - at.ToUnixTimeMilliseconds()).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The time of such a key; null when it is none.</summary>
    public static DateTimeOffset? TimeOf(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var left) && long.MaxValue - left is >= 0 and < 253402300800000 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static int Compare((string Key, Guid Id) one, (string Key, Guid Id) other) =>
        string.CompareOrdinal(one.Key, other.Key) is var order and not 0 ? order : one.Id.CompareTo(other.Id);
}

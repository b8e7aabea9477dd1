using FrappeHybrid.Portal.Components.Layout.Commands;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>
/// What a few letters find among everything that the palette knows. A command for a thing that is not on the page is found by words of both: "restart main", "shop back up".
/// </summary>
/// <param name="actor">Who looks: of things only those commands are found that are offered.</param>
public sealed class PaletteSearch(Actor actor)
{
    private const int Most = 14;
    private const int MostThings = 20;
    private const int RecentBonus = 700;
    private const int CurrentBonus = 300;
    private readonly List<PaletteEntry> all = [];
    private readonly List<Thing> things = [];

    /// <summary>Lines that are found by what stands on them.</summary>
    public void Add(IEnumerable<PaletteEntry> entries) => all.AddRange(entries);

    /// <summary>Things that are found by their names, each with its commands.</summary>
    public void Add(IEnumerable<(Thing Thing, string Where)> found)
    {
        foreach (var (thing, where) in found)
        {
            things.Add(thing);
            all.Add(PaletteEntry.Of(thing, where));
        }
    }

    /// <summary>The best, the best first.</summary>
    /// <param name="recent">Keys of what was chosen before, the last first.</param>
    public IReadOnlyList<PaletteEntry> Find(string query, IReadOnlyList<string> recent)
    {
        var bonus = recent.Select((key, index) => (key, index)).ToDictionary(each => each.key, each => RecentBonus - each.index * 10, StringComparer.Ordinal);
        return
        [
            .. all
                .Select((entry, order) => (Entry: entry, Order: order, Score: entry.Score(query)))
                .Concat(CommandsOfThings(query).Select((found, order) => (found.Entry, Order: all.Count + order, Score: (int?)found.Score)))
                .Where(each => each.Score is not null)
                .Select(each => (each.Entry, each.Order, Score: (query.Length > 0 ? each.Score!.Value : 0) + bonus.GetValueOrDefault(each.Entry.Key) + (each.Entry.IsCurrent ? CurrentBonus : 0)))
                .OrderByDescending(each => each.Score).ThenBy(each => each.Order)
                .DistinctBy(each => each.Entry.Key)
                .Take(Most)
                .Select(each => each.Entry),
        ];
    }

    // The first words are of the command and the rest of the name, or the other way round.
    private IEnumerable<(PaletteEntry Entry, int Score)> CommandsOfThings(string query)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var split = 1; split < words.Length; split++)
        {
            foreach (var found in CommandsOfThings(words[..split], words[split..]).Concat(CommandsOfThings(words[split..], words[..split])))
                yield return found;
        }
    }

    private IEnumerable<(PaletteEntry Entry, int Score)> CommandsOfThings(string[] verb, string[] name)
    {
        List<Command> commands = [.. CommandTable.All.Where(command => command.Kind is not ThingKind.Nothing && Array.TrueForAll(verb, word => BeginsWord(command.Text, word)))];
        if (commands.Count == 0)
            return [];
        var kinds = commands.Select(command => command.Kind).ToHashSet();
        var named = things
            .Where(thing => kinds.Contains(thing.Kind) && Array.TrueForAll(name, word => thing.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(thing => thing.Name.Length)
            .Take(MostThings);
        return
            from thing in named
            from command in commands
            where command.IsOffered(actor, thing)
            select (PaletteEntry.Of(command, thing), (PaletteMatch.Score(string.Join(' ', verb), command.Text) ?? 0) + (PaletteMatch.Score(string.Join(' ', name), thing.Name) ?? 0));
    }

    private static bool BeginsWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || text[at - 1] == ' ')
                return true;
        }

        return false;
    }
}

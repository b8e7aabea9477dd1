using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Something that can be asked for: from the palette, a menu, a button, the keyboard. It opens a page, runs an act of Core, or tells the desktop something.</summary>
/// <param name="Id">Stable: the palette remembers it.</param>
/// <param name="Text">The words, as on a button.</param>
/// <param name="Kind">What it is about.</param>
public sealed record Command(string Id, string Text, IconName Picture, ThingKind Kind = ThingKind.Nothing)
{
    /// <summary>Keys, each of them enough: "mod+k" (Ctrl, or Cmd on a Mac), "alt+w", "g s" for one after the other.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What one must be allowed to do; null for everybody who is signed in. Of a thing it is asked at the thing's place, otherwise anywhere.</summary>
    public Capability? Needs { get; init; }

    /// <summary>Whether it makes sense for the thing as it is now.</summary>
    public Func<Thing, bool> Fits { get; init; } = _ => true;

    /// <summary>The page that it opens.</summary>
    public Func<Thing, string>? Href { get; init; }

    /// <summary>The act that it runs; the job's id.</summary>
    public Func<CommandActs, Actor, Thing, CancellationToken, Task<Result<Guid>>>? Act { get; init; }

    /// <summary>Where one watches what the act began.</summary>
    public Func<Thing, Guid, string> Began { get; init; } = (_, job) => $"/jobs/{job}";

    /// <summary>What is asked before it runs; null when it does nobody any harm.</summary>
    public string? Question { get; init; }

    /// <summary>Offered for several at once.</summary>
    public bool IsBulk { get; init; }

    /// <summary>Neither a page nor an act: the desktop itself does it.</summary>
    public bool IsOfDesktop => Href is null && Act is null;

    /// <summary>Whether this actor is offered it for that thing.</summary>
    public bool IsOffered(Actor actor, Thing thing) =>
        thing.Kind == Kind
        && (Needs is not { } capability || (Kind is ThingKind.Nothing ? actor.MayAnywhere(capability) : actor.May(capability, thing.Place)))
        && (Kind is not ThingKind.Job || Act is null || actor.May(thing.Place.ToWorkOn, thing.Place))
        && Fits(thing);

    /// <summary>"Show or hide the dock (Ctrl J)": for a button's hover.</summary>
    public string Tip => Keys.Count == 0 ? Text : $"{Text} ({Said(Keys[0])})";

    /// <summary>"Ctrl K", "G then S".</summary>
    public static string Said(string keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return string.Join(" then ", keys.Split(' ').Select(stroke => string.Join(' ', Strokes(stroke))));
    }

    /// <summary>The keys of one stroke as they are written on them.</summary>
    public static IEnumerable<string> Strokes(string stroke)
    {
        ArgumentNullException.ThrowIfNull(stroke);
        return stroke.Split('+').Select(key => key switch
        {
            "mod" => "Ctrl",
            "alt" => "Alt",
            { Length: 1 } => key.ToUpperInvariant(),
            _ => key,
        });
    }
}

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The parts of a team's pages that the actor has something to do with.</summary>
public static class TeamSections
{
    public static IReadOnlyList<Crumb> Of(Guid team, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var page = $"/teams/{team}";
        List<Crumb> sections = [new("Members", page)];
        if (actor.May(Capability.ManageMembers, new Place(team)))
            sections.Add(new("Invitations", $"{page}/invitations"));
        if (actor.MaySeeAllOf(new Place(team)))
            sections.Add(new("Support access", $"{page}/support"));
        if (actor.May(Capability.ManageWebhooks, new Place(team)))
            sections.Add(new("Webhooks", $"{page}/webhooks"));
        sections.Add(new("Settings", $"{page}/settings"));
        return sections;
    }
}

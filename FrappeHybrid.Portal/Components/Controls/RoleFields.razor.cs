using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>What somebody is in a team, and in which part of it: for a member and for an invitation.</summary>
public partial class RoleFields
{
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public Guid TeamId { get; set; }

    [Parameter]
    public bool MayMakeOwners { get; set; }

    [Parameter]
    public TeamRole Role { get; set; }

    [Parameter]
    public EventCallback<TeamRole> RoleChanged { get; set; }

    [Parameter]
    public bool IsLimited { get; set; }

    [Parameter]
    public EventCallback<bool> IsLimitedChanged { get; set; }

    [Parameter]
    public IReadOnlySet<Guid> Limit { get; set; } = new HashSet<Guid>();

    [Parameter]
    public EventCallback<IReadOnlySet<Guid>> LimitChanged { get; set; }

    /// <summary>What a role may do, in a sentence.</summary>
    public static string Words(TeamRole role) => role switch
    {
        TeamRole.Owner => "Everything; the team itself, too.",
        TeamRole.Admin => "Servers, benches, sites and members.",
        TeamRole.Developer => "Benches and sites, with their logs and backups.",
        TeamRole.Viewer => "Looks, and changes nothing.",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };

    private Task ChangeRoleAsync(ChangeEventArgs change) => Enum.TryParse<TeamRole>(change.Value as string, out var role) ? RoleChanged.InvokeAsync(role) : Task.CompletedTask;
}
